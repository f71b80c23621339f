import type { Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import type { Sweeper } from './sweep-logs.ts';

/** What is left of a function's time when it begins no more work: rewriting an hour cannot stop half-way. */
const RESERVE_MS = 150_000;

export interface SweepHandlerDeps {
  readonly telemetry: Telemetry;
  readonly sweeper: Pick<Sweeper, 'sweep'>;
  readonly now: () => number;
}

/** Lambda's side of the sweep: it works until shortly before its time is over. */
export function createSweepHandler({ telemetry, sweeper, now }: SweepHandlerDeps) {
  return (_event: unknown, context: Context): Promise<void> =>
    telemetry.observe({ context }, () => sweeper.sweep(now() + context.getRemainingTimeInMillis() - RESERVE_MS));
}
