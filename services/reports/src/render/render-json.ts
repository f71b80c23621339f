import { canonicalJson } from '../daily/canonical-json.ts';
import type { DailyReport } from '../daily/daily-report.ts';

/** `report.json`: the whole report, in one form only. */
export function renderJson(report: DailyReport): string {
  return `${canonicalJson(report)}\n`;
}
