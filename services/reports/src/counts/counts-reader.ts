import type { DDSketch, HyperLogLog, Totals } from '@weir/aggregates';
import type { ActionSummary } from '@weir/dynamodb';

/** Hours or days of an action in one time zone. Times are epoch milliseconds; `to` is exclusive. */
export interface CountsQuery {
  readonly action: string;
  readonly from: number;
  readonly to: number;
  readonly interval: 'hour' | 'day';
  readonly timeZone: string;
}

/** What was counted of an action. Sketches are there only for a time of whole hours of UTC. */
export interface Counted {
  readonly totals: Totals;
  readonly users: HyperLogLog | undefined;
  readonly values: DDSketch | undefined;
}

/** What was counted in one hour or day. */
export interface CountedBucket extends Counted {
  readonly start: number;
}

/** The part of the reader of metrics that reports and summaries use. */
export interface CountsReader {
  /** Every action ever seen. */
  listActions(): Promise<readonly ActionSummary[]>;
  readBuckets(query: CountsQuery): Promise<{
    readonly buckets: readonly CountedBucket[];
    /** The arrival time up to which everything is counted; undefined before the first event and the first sweep. */
    readonly asOf: number | undefined;
  }>;
}
