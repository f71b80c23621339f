import { SERVICES } from '../changes/services-to-deploy.ts';
import type { RemoveDeps } from '../stages/remove-stage.ts';
import { stackName } from '../stages/remove-stage.ts';

export interface FakeStageOptions {
  /** What ingest-stream's stack would keep. */
  readonly kept?: readonly string[];
  /** Services of which no command succeeds. */
  readonly failing?: Set<string>;
}

/** A stage in memory, whose stacks are all there. `calls` holds what changes something, and each wait, in order. */
export function createFakeStage(stage: string, { kept = [], failing = new Set() }: FakeStageOptions) {
  const calls: string[] = [];
  /** What CloudFormation says of each stack, one after the other; the last for good, unless it is a removal. */
  const statuses = new Map(SERVICES.map((service) => [stackName(service, stage), ['UPDATE_COMPLETE']]));
  const deps: RemoveDeps = {
    stacks: {
      status: async (name) => {
        const [now, ...later] = statuses.get(name) ?? [];
        if (now === 'DELETE_IN_PROGRESS') statuses.delete(name);
        else if (later.length > 0) statuses.set(name, later);
        return now;
      },
      keptBy: async (name) => (name === stackName('ingest-stream', stage) && statuses.has(name) ? kept : []),
    },
    serverless: async (service, [command = '']) => {
      calls.push(`${command} ${stackName(service, stage)}`);
      if (failing.has(service)) return 1;
      if (command === 'remove') statuses.delete(stackName(service, stage));
      else statuses.set(stackName(service, stage), ['UPDATE_COMPLETE']);
      return 0;
    },
    wait: async (ms) => calls.push(`wait ${ms}`),
    tell: () => undefined,
  };
  return { deps, calls, statuses, options: { failing } };
}
