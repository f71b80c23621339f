import { type Bucket, type BucketTotal, INTERVAL_MS, type Series } from '@weir/dynamodb';
import { formatTime } from '../times/parse-time.ts';
import type { SeriesRequest } from './parse-series-query.ts';

/** A series in the form of the answer to `GET /v1/metrics/{action}`. */
export function presentSeries(request: SeriesRequest, { buckets, total, asOf }: Series): object {
  return {
    action: request.action,
    interval: request.interval,
    from: formatTime(request.from),
    to: formatTime(request.to),
    series: request.fillsZero
      ? [...fill(request, buckets)]
      : buckets.map((bucket) => ({ start: formatTime(bucket.start), ...presentTotals(bucket) })),
    total: total ? presentTotals(total) : presentNothing(request),
    asOf: asOf === undefined ? null : formatTime(asOf),
  };
}

function* fill(request: SeriesRequest, buckets: readonly Bucket[]): Generator<object> {
  const byStart = new Map(buckets.map((bucket) => [bucket.start, bucket]));
  for (let start = request.from; start < request.to; start += INTERVAL_MS[request.interval]) {
    const bucket = byStart.get(start);
    yield { start: formatTime(start), ...(bucket ? presentTotals(bucket) : presentNothing(request)) };
  }
}

function presentTotals({ count, sum, min, max, users, p50, p95, p99 }: BucketTotal): object {
  return { count, sum, min, max, mean: sum / count, users, p50, p95, p99 };
}

/** Without events there is no minimum, maximum or mean, and a minute has no users. */
function presentNothing(request: SeriesRequest): object {
  const users = request.interval === 'minute' ? null : 0;
  return { count: 0, sum: 0, min: null, max: null, mean: null, users, p50: null, p95: null, p99: null };
}
