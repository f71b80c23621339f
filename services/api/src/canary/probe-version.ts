import type { Logger } from '@weir/logging';
import { withinBudget } from '../times/within-budget.ts';
import { PROBES } from './probes.ts';
import { readTarget, type Target } from './read-target.ts';

/** What CodeDeploy sends before a new version gets any call. */
export interface HookEvent {
  readonly DeploymentId: string;
  readonly LifecycleEventHookExecutionId: string;
}

export interface ProbeDeps {
  /** Reads the AppSpec of a deployment. */
  readonly readAppSpec: (deploymentId: string) => Promise<string>;
  /** Invokes a version. Rejects if the version throws or ends otherwise than by its answer. */
  readonly invoke: (target: Target, event: object) => Promise<unknown>;
  /** Says to CodeDeploy whether the version works. */
  readonly report: (event: HookEvent, status: 'Succeeded' | 'Failed') => Promise<void>;
  /** What names of the functions begin with in AWS. */
  readonly namePrefix: string;
  readonly log: Logger;
  /** How long it may take until a version has answered. */
  readonly budgetMs: number;
}

/**
 * Tries the version that a deployment is about, and reports. A stage without traffic has no failing calls, and no alarm
 * takes its versions back: this is the only check there. It invokes the version itself, as the alias still has the old
 * one. Whatever goes wrong is reported as a failure: without a report CodeDeploy waits for an hour.
 */
export function createProbeVersion(deps: ProbeDeps): (event: HookEvent) => Promise<boolean> {
  return async (event) => {
    const works = await withinBudget(tryVersion(deps, event), deps.budgetMs).catch((error: unknown) => {
      deps.log.error('A version could not be tried', { error, deploymentId: event.DeploymentId });
      return false;
    });
    await deps.report(event, works ? 'Succeeded' : 'Failed');
    return works;
  };
}

async function tryVersion(deps: ProbeDeps, { DeploymentId: deploymentId }: HookEvent): Promise<boolean> {
  const target = readTarget(await deps.readAppSpec(deploymentId));
  const probes = probesOf(deps, target);
  for (const [index, { event, isRight }] of probes.entries()) {
    const answer = await deps.invoke(target, event);
    if (isRight(answer)) continue;
    // Not the answer itself: it may name people.
    deps.log.error('A new version gave a wrong answer', { ...target, probe: index, status: statusOf(answer) });
    return false;
  }
  deps.log.info('A new version works', { ...target, probes: probes.length });
  return true;
}

/** A function without a probe is a mistake of ours: it must not go out untried. */
function probesOf({ namePrefix }: ProbeDeps, { functionName }: Target) {
  const key = functionName.startsWith(namePrefix) ? functionName.slice(namePrefix.length) : '';
  const probes = Object.hasOwn(PROBES, key) ? PROBES[key] : undefined;
  if (probes === undefined) throw new Error(`there is no probe for ${functionName}`);
  return probes;
}

function statusOf(answer: unknown): unknown {
  return (answer as { statusCode?: unknown } | null)?.statusCode;
}
