import type { Telemetry } from '@weir/logging';
import type { Context } from 'aws-lambda';

/** The reports that a run has made. */
export interface DailyRun {
  readonly reports: readonly string[];
}

export interface DailyHandlerDeps {
  readonly telemetry: Telemetry;
  readonly reportDueDays: () => Promise<DailyRun>;
}

/** The Lambda handler of the daily reports. */
export function createDailyHandler({ telemetry, reportDueDays }: DailyHandlerDeps) {
  return (_event: unknown, context: Context): Promise<DailyRun> => telemetry.observe({ context }, reportDueDays);
}
