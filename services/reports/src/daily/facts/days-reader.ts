import type { DDSketch, HyperLogLog, Totals } from '@weir/aggregates';
import type { ActionSummary } from '@weir/dynamodb';

/** The hours of an action in one time zone. Times are epoch milliseconds; `to` is exclusive. */
export interface HoursQuery {
  readonly action: string;
  readonly from: number;
  readonly to: number;
  readonly interval: 'hour';
  readonly timeZone: string;
}

/** What was counted in one hour. A local hour that is no whole hour of UTC has no sketches. */
export interface SketchedBucket {
  readonly start: number;
  readonly totals: Totals;
  readonly users: HyperLogLog | undefined;
  readonly values: DDSketch | undefined;
}

/** The part of the reader of metrics that reports use. */
export interface DaysReader {
  /** Every action ever seen. */
  listActions(): Promise<readonly ActionSummary[]>;
  readBuckets(query: HoursQuery): Promise<{
    readonly buckets: readonly SketchedBucket[];
    /** The arrival time up to which everything is counted; undefined before the first event. */
    readonly asOf: number | undefined;
  }>;
}
