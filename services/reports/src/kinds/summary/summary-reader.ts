import type { DDSketch, HyperLogLog, Totals } from '@weir/aggregates';
import type { ActionSummary } from '@weir/dynamodb';

/** A day of an action. Times are epoch milliseconds; `to` is exclusive. */
export interface DayQuery {
  readonly action: string;
  readonly from: number;
  readonly to: number;
  readonly interval: 'day';
  readonly timeZone: string;
}

/** What was counted of an action. Sketches are there only for days of whole UTC hours. */
export interface Counted {
  readonly totals: Totals;
  readonly users: HyperLogLog | undefined;
  readonly values: DDSketch | undefined;
}

/** The part of the reader of metrics that summaries use. */
export interface SummaryReader {
  /** Every action ever seen. */
  listActions(): Promise<readonly ActionSummary[]>;
  readBuckets(query: DayQuery): Promise<{
    readonly buckets: readonly Counted[];
    /** The arrival time up to which everything is counted; undefined before the first event. */
    readonly asOf: number | undefined;
  }>;
}
