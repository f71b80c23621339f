import { compareFigures } from '@weir/charts';
import type { Comparison, DailyReport } from '../../daily/daily-report.ts';
import { countsBefore } from './counts-before.ts';
import type { ActionRow } from './report-view.ts';

/** The day's actions, each with its changes. */
export function compareActions({ facts, comparisons }: DailyReport): ActionRow[] {
  const dayBefore = countsOf(comparisons.previousDay);
  const lastSeven = countsOf(comparisons.meanOfSeven);
  return facts.actions.map((action) => ({
    ...action,
    sinceDayBefore: compareFigures(action.count, dayBefore(action.action)),
    sinceLastSeven: compareFigures(action.count, lastSeven(action.action)),
  }));
}

/** The actions of the last seven days that did not happen on this one, the most frequent first. */
export function goneActions({ facts, comparisons }: DailyReport): { readonly action: string; readonly mean: number }[] {
  const today = new Set(facts.actions.map(({ action }) => action));
  return comparisons.meanOfSeven.actions
    .flatMap(({ action, count }) => (count && !today.has(action) ? { action, mean: count } : []))
    .sort((one, other) => other.mean - one.mean || (one.action < other.action ? -1 : 1));
}

/** Earlier counts. An action without one, where there is earlier data, never happened before: it is new. */
function countsOf(comparison: Comparison): (action: string) => number | null {
  const before = countsBefore(comparison);
  return (action) => before(action) ?? (comparison.total ? 0 : null);
}
