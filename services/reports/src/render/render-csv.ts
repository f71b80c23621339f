import type { ActionFacts, DailyReport } from '../daily/daily-report.ts';
import { csvLine } from './csv-line.ts';
import { countsBefore } from './view/counts-before.ts';

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
  return [COLUMNS, ...facts.actions.map(rowOf)].map(csvLine).join('');
}
