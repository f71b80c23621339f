import { formatColumn } from '@weir/charts';
import type { ActionFacts } from '../../daily/daily-report.ts';

/** The columns of an action's figures, beside its count. */
export const FIGURE_COLUMNS = ['Users', 'Sum', 'Mean', 'Least', 'Median', 'p95', 'p99', 'Greatest'];

const FIGURES = ['users', 'sum', 'mean', 'min', 'p50', 'p95', 'p99', 'max'] as const;

/** The cells of each action in these columns. */
export function figureCells(actions: readonly Pick<ActionFacts, (typeof FIGURES)[number]>[]): string[][] {
  const columns = FIGURES.map((name) => formatColumn(actions.map((action) => action[name])));
  return actions.map((_, at) => columns.map((column) => column[at] ?? ''));
}
