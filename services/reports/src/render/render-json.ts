import type { DailyReport } from '../daily/daily-report.ts';
import { canonicalJson } from './canonical-json.ts';

/** `report.json`: the whole report, in one form only. */
export function renderJson(report: DailyReport): string {
  return `${canonicalJson(report)}\n`;
}
