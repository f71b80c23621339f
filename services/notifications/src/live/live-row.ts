import type { Figures } from '@weir/alerts';

/** A bucket of an action as clients get it: always whole. */
export interface LiveRow {
  readonly action: string;
  /** RFC 3339. */
  readonly start: string;
  readonly count: number;
  readonly sum: number;
  readonly mean: number;
  /** Null of a minute; so is `p95`. */
  readonly users: number | null;
  readonly p95: number | null;
}

/** A row of a bucket that is not empty. `start` is in epoch milliseconds. */
export function liveRow(action: string, start: number, { count, sum, users, p95 }: Figures): LiveRow {
  return { action, start: new Date(start).toISOString(), count, sum, mean: sum / count, users, p95 };
}
