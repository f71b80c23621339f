import type { Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';
import { type HandOutcome, reportByHand } from './report-by-hand.ts';
import { type DailyRun, reportDueDays, type ScheduleDeps } from './report-due-days.ts';

/** With less time left than this, a run begins no further day. */
const RESERVE_MS = 300_000;

export interface DailyHandlerDeps {
  readonly telemetry: Telemetry;
  readonly schedule: Omit<ScheduleDeps, 'log' | 'meter'>;
}

/** The Lambda handler of the daily reports: of the days that are due, or of the `date` in the event. */
export function createDailyHandler({ telemetry, schedule }: DailyHandlerDeps) {
  const deps: ScheduleDeps = { ...schedule, log: telemetry.log, meter: telemetry.meter };
  return (event: unknown, context: Context): Promise<DailyRun | HandOutcome> =>
    telemetry.observe<DailyRun | HandOutcome>({ context, outcomeOf }, () => {
      const { date } = event as { readonly date?: unknown };
      if (date !== undefined) return reportByHand(deps, String(date));
      return reportDueDays(deps, deps.now() + context.getRemainingTimeInMillis() - RESERVE_MS);
    });
}

/** The schedule finds nothing to do in most hours. */
function outcomeOf(result: DailyRun | HandOutcome): string {
  if ('outcome' in result) return result.outcome;
  return result.made.length + result.revised.length > 0 ? 'done' : 'idle';
}
