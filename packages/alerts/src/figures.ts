import type { AlertField } from './alert.ts';

/** What was counted in a bucket of a rule's series. */
export interface Figures {
  readonly count: number;
  readonly sum: number;
  /** Null of a minute, and where nothing was counted; so is `p95`. */
  readonly users: number | null;
  readonly p95: number | null;
}

export const NO_FIGURES: Figures = { count: 0, sum: 0, users: 0, p95: null };

/** The value of a field; null where there is none. */
export function figureOf(field: AlertField, { count, ...others }: Figures): number | null {
  if (field === 'count') return count;
  if (field === 'mean') return count === 0 ? null : others.sum / count;
  return others[field];
}
