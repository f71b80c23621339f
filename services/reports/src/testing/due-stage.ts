import { silentLog, silentMeter } from '@weir/logging';
import type { DailyReport } from '../daily/daily-report.ts';
import { reportDueDays } from '../daily/schedule/report-due-days.ts';
import { MemoryReports } from './memory-reports.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const DAY_ONE = Date.UTC(2026, 0, 1);
export const NO_DEADLINE = Number.POSITIVE_INFINITY;

/** A stage with an event at noon of each of the first `days` days of January, two hours after the end of the last. */
export function stageOf(days: number): MemoryReports {
  const stage = new MemoryReports();
  for (let day = 0; day < days; day++) stage.events.push({ action: 'a', at: DAY_ONE + day * DAY_MS + 12 * HOUR_MS });
  stage.now = DAY_ONE + days * DAY_MS + 2 * HOUR_MS;
  return stage;
}

/** What the schedule runs each hour. */
export function runDue(stage: MemoryReports, { timeZone = 'UTC', deadline = NO_DEADLINE, meter = silentMeter } = {}) {
  return reportDueDays({ ...stage.deps(undefined, timeZone), log: silentLog, meter }, deadline);
}

export function reportOf(stage: MemoryReports, date: string, revision = 1): DailyReport {
  return JSON.parse(stage.text(`reports/daily/${date}/r${revision}/report.json`) ?? 'null') as DailyReport;
}

/** The ids of the reports of these days of January. */
export function idsOf(...days: number[]): string[] {
  return days.map((day) => `daily-2026-01-${String(day).padStart(2, '0')}`);
}
