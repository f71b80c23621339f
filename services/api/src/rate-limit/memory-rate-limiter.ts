import type { FollowBucket, RateLimiter } from './rate-limiter.ts';
import { type BucketPolicy, describeTake, type FullAt, takeToken } from './token-bucket.ts';

/** The most buckets in one process: some 1 MB. */
const MAX_BUCKETS = 10_000;
const MICROS_PER_MS = 1_000;

/** Dependencies of `createMemoryRateLimiter`. */
export interface MemoryRateLimiterDeps {
  readonly policy: BucketPolicy;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Above it, the bucket with the oldest use is removed. It is usually the fullest. */
  readonly maxBuckets?: number;
}

/** A limiter in this process. */
export interface MemoryRateLimiter extends RateLimiter {
  /** Sets a key's bucket to the state of the key's bucket in Redis. */
  readonly follow: FollowBucket;
  /** The number of buckets. */
  readonly size: () => number;
}

/** Limits keys with buckets in this process. Other processes do not know them. */
export function createMemoryRateLimiter({
  policy,
  now,
  maxBuckets = MAX_BUCKETS,
}: MemoryRateLimiterDeps): MemoryRateLimiter {
  // In order of last use.
  const buckets = new Map<string, FullAt>();
  const nowInMicros = () => Math.floor(now() * MICROS_PER_MS);
  const keep = (keyId: string, fullAt: FullAt) => {
    buckets.delete(keyId);
    buckets.set(keyId, fullAt);
    const [oldest] = buckets.keys();
    if (buckets.size > maxBuckets && oldest !== undefined) buckets.delete(oldest);
  };
  const take = async (keyId: string) => {
    const nowMicros = nowInMicros();
    const { allowed, fullAt } = takeToken(policy, buckets.get(keyId), nowMicros);
    keep(keyId, fullAt);
    return describeTake(policy, allowed, fullAt - nowMicros);
  };
  const follow: FollowBucket = (keyId, missingMicros) => keep(keyId, nowInMicros() + missingMicros);
  return Object.assign(take, { follow, size: () => buckets.size });
}
