/** Milliseconds of each bucket. Buckets of alerts are those of UTC. */
export const BUCKET_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

export type BucketInterval = keyof typeof BUCKET_MS;

/** Start of the bucket that holds an instant; both in epoch milliseconds. */
export function bucketStart(interval: BucketInterval, at: number): number {
  return at - (((at % BUCKET_MS[interval]) + BUCKET_MS[interval]) % BUCKET_MS[interval]);
}

/** Start of the first bucket that begins at an instant or after it: `since` of a rule that is made then. */
export function nextBucketStart(interval: BucketInterval, at: number): number {
  return bucketStart(interval, at + BUCKET_MS[interval] - 1);
}
