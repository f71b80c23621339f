import type { Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import type { ProgressWriter } from '../progress/write-progress.ts';
import type { Sweeper } from './sweep-logs.ts';
import type { GivenUpWatch } from './watch-given-up.ts';

/** With less time left than this, the sweep begins no more work: the rewrite of an hour cannot stop half-way. */
const RESERVE_MS = 150_000;

export interface SweepHandlerDeps {
  readonly telemetry: Telemetry;
  readonly progress: Pick<ProgressWriter, 'write'>;
  readonly givenUp: Pick<GivenUpWatch, 'look'>;
  readonly sweeper: Pick<Sweeper, 'sweep'>;
  readonly now: () => number;
}

/**
 * The Lambda handler of the sweep: it works until shortly before its time-out. The progress comes first: it takes
 * moments, or 40 s at most where a shard was quiet for days, and others wait for it.
 */
export function createSweepHandler({ telemetry, progress, givenUp, sweeper, now }: SweepHandlerDeps) {
  return (_event: unknown, context: Context): Promise<void> =>
    telemetry.observe({ context }, async () => {
      const deadline = now() + context.getRemainingTimeInMillis() - RESERVE_MS;
      await progress.write();
      await givenUp.look();
      await sweeper.sweep(deadline);
    });
}
