import type { Figures } from '@weir/alerts';
import type { FromSchema } from '@weir/events';
import type { rowSchema } from './frame-schemas.ts';

/** A bucket of an action as clients get it: always whole. */
export type LiveRow = FromSchema<typeof rowSchema>;

/** A row of a bucket that is not empty. `start` is in epoch milliseconds. */
export function liveRow(action: string, start: number, { count, sum, users, p95 }: Figures): LiveRow {
  return { action, start: new Date(start).toISOString(), count, sum, mean: sum / count, users, p95 };
}
