import type { ActionFacts, DailyReport } from '../daily/daily-report.ts';
import { countsBefore } from './view/counts-before.ts';

type Field = string | number | null;

const FACTS = ['action', 'count', 'sum', 'min', 'max', 'mean', 'users', 'p50', 'p95', 'p99'] as const;
const COLUMNS = [...FACTS, 'previousDayCount', 'meanOfSevenCount'];

/** `report.csv`, after RFC 4180: a row for each action. What is not known is empty. */
export function renderCsv({ facts, comparisons }: DailyReport): string {
  const previousDay = countsBefore(comparisons.previousDay);
  const meanOfSeven = countsBefore(comparisons.meanOfSeven);
  const rowOf = (action: ActionFacts) => [
    ...FACTS.map((name) => action[name]),
    previousDay(action.action),
    meanOfSeven(action.action),
  ];
  return [COLUMNS, ...facts.actions.map(rowOf)].map((row) => `${row.map(writeField).join(',')}\r\n`).join('');
}

// A spreadsheet would run a text that begins like this.
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

function writeField(field: Field): string {
  if (field === null) return '';
  if (typeof field === 'number') return String(field);
  const text = FORMULA.test(field) ? `'${field}` : field;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
