import type { DailyReport } from '../daily-report.ts';

/** Makes the files of a report. The same report gives the same bytes. */
export interface ReportRenderers {
  /** In canonical form. */
  json(report: DailyReport): string;
  csv(report: DailyReport): string;
  html(report: DailyReport): Promise<string>;
  mail(report: DailyReport): Promise<Uint8Array>;
}
