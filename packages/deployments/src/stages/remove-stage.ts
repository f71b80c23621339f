import type { StageStacks } from '../aws/stage-stacks.ts';
import { SERVICES } from '../changes/services-to-deploy.ts';
import { type SettleDeps, settledStatus } from './settled-status.ts';

export interface RemoveDeps extends SettleDeps {
  readonly stacks: Pick<StageStacks, 'status' | 'keptBy'>;
  /** Runs `serverless` for a service with these arguments. Answers with its exit code. */
  readonly serverless: (service: string, args: readonly string[]) => Promise<number>;
  /** Says what goes on. */
  readonly tell: (sentence: string) => void;
}

/** A removal that somebody asks for. */
export interface RemoveCommand {
  readonly stage: string;
  readonly region: string;
  /** The stage again, if it may be removed although it keeps its data. */
  readonly confirmed?: string | undefined;
}

/**
 * Removes all services of a stage: those that use another's resources first. It can be run again after it failed, and goes
 * on where it ended; a stage that is not there is no fault. Throws an Error with one sentence, and removes nothing, if
 * the stage is production or keeps data and is not confirmed.
 */
export async function removeStage(deps: RemoveDeps, { stage, region, confirmed }: RemoveCommand): Promise<void> {
  if (confirmed !== stage) await refuseToLose(deps, stage);
  for (const service of SERVICES.toReversed()) {
    const name = stackName(service, stage);
    if ((await settledStatus(deps, name)) === undefined) {
      deps.tell(`${name} is not there`);
      continue;
    }
    deps.tell(`${name} is removed`);
    const code = await deps.serverless(service, ['remove', '--stage', stage, '--region', region]);
    if (code !== 0) throw new Error(`${name} is not removed: see above, then run the same again`);
  }
}

/** The name of a service's stack. */
export function stackName(service: string, stage: string): string {
  return `weir-${service}-${stage}`;
}

async function refuseToLose({ stacks }: RemoveDeps, stage: string): Promise<void> {
  const how = `to remove it all the same, add --confirm ${stage}`;
  if (stage.split('-')[0] === 'production') throw new Error(`${stage} is production: ${how}`);
  const kept = await Promise.all(SERVICES.map((service) => stacks.keptBy(stackName(service, stage))));
  const ids = kept.flat();
  if (ids.length > 0) throw new Error(`${stage} keeps data, which would stay without it (${ids.join(', ')}): ${how}`);
}
