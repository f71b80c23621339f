import type { Comparison } from '../../daily/daily-report.ts';

/** Finds an action's earlier count; null where there is no earlier data. */
export function countsBefore({ actions }: Comparison): (action: string) => number | null {
  const counts = new Map(actions.map(({ action, count }) => [action, count]));
  return (action) => counts.get(action) ?? null;
}
