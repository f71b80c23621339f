import type { HourSketches, Totals } from '@weir/aggregates';
import type { Figures } from '@weir/alerts';

/** The buckets of one series in memory. A bucket that is not there is empty. */
export interface Cells {
  /** Adds what was counted in an epoch minute, or in the bucket that begins with it. */
  addTotals(minute: number, totals: Totals): void;
  /** Adds users and values of an epoch hour, or of the bucket that begins with it. */
  addSketches(hour: number, sketches: HourSketches): void;
  /** Undefined if the bucket is empty. `start` in epoch milliseconds. */
  figures(start: number): Figures | undefined;
  /** Forgets buckets that ended at `start` or before, epoch milliseconds. */
  dropBefore(start: number): void;
}
