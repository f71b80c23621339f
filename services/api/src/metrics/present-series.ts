import type { Bucket, BucketTotal, PlannedBucket, Series } from '@weir/dynamodb';
import { formatTime } from '../times/parse-time.ts';
import type { SeriesRequest } from './parse-series-query.ts';

/** A series in the form of the answer to `GET /v1/metrics/{action}`. */
export function presentSeries(request: SeriesRequest, { buckets, total, asOf }: Series): object {
  const hasUsers = request.buckets.every(({ hasSketches }) => hasSketches);
  return {
    action: request.action,
    interval: request.interval,
    timeZone: request.timeZone,
    from: formatTime(request.from),
    to: formatTime(request.to),
    series: request.fillsZero
      ? [...fill(request.buckets, buckets)]
      : buckets.map((bucket) => ({ start: formatTime(bucket.start), ...presentTotals(bucket) })),
    total: total ? presentTotals(total) : presentNothing(hasUsers),
    asOf: asOf === undefined ? null : formatTime(asOf),
  };
}

function* fill(planned: readonly PlannedBucket[], buckets: readonly Bucket[]): Generator<object> {
  const byStart = new Map(buckets.map((bucket) => [bucket.start, bucket]));
  for (const { start, hasSketches } of planned) {
    const bucket = byStart.get(start);
    yield { start: formatTime(start), ...(bucket ? presentTotals(bucket) : presentNothing(hasSketches)) };
  }
}

function presentTotals({ count, sum, min, max, users, p50, p95, p99 }: BucketTotal): object {
  return { count, sum, min, max, mean: sum / count, users, p50, p95, p99 };
}

/** Without events there is no minimum, maximum or mean; where users are not counted, there is no number of them. */
function presentNothing(hasUsers: boolean): object {
  const users = hasUsers ? 0 : null;
  return { count: 0, sum: 0, min: null, max: null, mean: null, users, p50: null, p95: null, p99: null };
}
