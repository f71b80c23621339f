import { formatNumber } from '@weir/charts';
import type { Section } from './report-view.ts';

// The files hold the rest.
const MOST_ROWS = 50;

/** A section with the first rows of a table. */
export function section(title: string, columns: readonly string[], rows: readonly (readonly string[])[]): Section {
  const left = rows.length - MOST_ROWS;
  const more = left > 0 ? `and ${formatNumber(left)} more in report.json` : undefined;
  return { title, columns, rows: rows.slice(0, MOST_ROWS), more };
}
