import { type DDSketch, type HyperLogLog, type Totals, totalSum } from '@weir/aggregates';

/** What was counted. `users` and percentiles are null unless all ends of buckets are whole hours of UTC. */
export interface BucketTotal {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** Distinct users, about 2 % off. */
  readonly users: number | null;
  /** Percentiles of the values, about 2 % off. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** Totals with the sketches of the same events, if there are any. */
interface Summarised {
  readonly totals: Totals;
  readonly users: HyperLogLog | undefined;
  readonly values: DDSketch | undefined;
}

/** The figures of totals and sketches that hold at least one event. */
export function summarise({ totals, users, values }: Summarised): BucketTotal {
  const { count, min, max } = totals;
  // A sketch's percentile is the middle of a bin, which may lie outside the range of the values.
  const percentile = (q: number) => {
    const found = values?.quantile(q);
    return found === undefined ? null : Math.min(max, Math.max(min, found));
  };
  return {
    count,
    sum: totalSum(totals),
    min,
    max,
    users: users ? users.estimate() : null,
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
  };
}
