import { type Change, compareFigures } from '@weir/charts';
import type { ActionFacts, Comparison, DailyReport } from '../../daily/daily-report.ts';
import { countsBefore } from './counts-before.ts';
import type { ActionRow } from './report-view.ts';

/** The day's actions, each with its changes. */
export function compareActions({ facts, comparisons }: DailyReport): ActionRow[] {
  const sinceDayBefore = changesSince(comparisons.previousDay);
  const sinceLastSeven = changesSince(comparisons.meanOfSeven);
  return facts.actions.map((action) => ({
    ...action,
    sinceDayBefore: sinceDayBefore(action),
    sinceLastSeven: sinceLastSeven(action),
  }));
}

/** The actions of the last seven days that did not happen on this one, the most frequent first. */
export function goneActions({ facts, comparisons }: DailyReport): { readonly action: string; readonly mean: number }[] {
  const today = new Set(facts.actions.map(({ action }) => action));
  return comparisons.meanOfSeven.actions
    .flatMap(({ action, count }) => (count && !today.has(action) ? { action, mean: count } : []))
    .sort((one, other) => other.mean - one.mean || (one.action < other.action ? -1 : 1));
}

/** An action without an earlier count, where there is earlier data, never happened before. */
function changesSince(comparison: Comparison): (action: ActionFacts) => Change {
  const before = countsBefore(comparison);
  return ({ action, count }) => {
    const counted = before(action);
    return counted === null && comparison.total ? { kind: 'new' } : compareFigures(count, counted);
  };
}
