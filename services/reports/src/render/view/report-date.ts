import type { DailyReport } from '../../daily/daily-report.ts';

/** The date of a report, `YYYY-MM-DD`. */
export function reportDate({ id }: DailyReport): string {
  return id.slice('daily-'.length);
}
