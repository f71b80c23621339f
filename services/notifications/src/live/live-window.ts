import { BUCKET_MS, type BucketInterval, bucketStart } from '@weir/alerts';

/** Buckets that clients see, with the one that now is in. */
export const LIVE_BUCKETS = { minute: 60, hour: 48, day: 30 } as const;
/** An event is at most a day ahead of its arrival. */
const AHEAD_MS = BUCKET_MS.day;

/** The buckets that clients see: epoch milliseconds of the first and the last. */
export interface LiveWindow {
  readonly first: number;
  readonly last: number;
}

/** The buckets of an interval that clients see now. */
export function liveWindow(interval: BucketInterval, now: number): LiveWindow {
  const first = bucketStart(interval, now) - (LIVE_BUCKETS[interval] - 1) * BUCKET_MS[interval];
  return { first, last: bucketStart(interval, now + AHEAD_MS) };
}
