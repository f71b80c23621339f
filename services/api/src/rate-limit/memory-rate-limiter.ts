import type { FollowBucket, RateLimiter } from './rate-limiter.ts';
import { type BucketPolicy, describeTake, type FullAt, takeToken } from './token-bucket.ts';

/** Buckets that one process keeps: some 1 MB. */
const MAX_BUCKETS = 10_000;
const MICROS_PER_MS = 1_000;

/** What a limiter in process needs. */
export interface MemoryRateLimiterDeps {
  readonly policy: BucketPolicy;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Past it, the bucket that was used longest ago is forgotten: it is the fullest, as a rule. */
  readonly maxBuckets?: number;
}

/** A limiter in process. */
export interface MemoryRateLimiter extends RateLimiter {
  /** Sets a key's bucket to what another bucket of the key just said of itself. */
  readonly follow: FollowBucket;
  /** Buckets kept. */
  readonly size: () => number;
}

/** Limits keys by buckets of this process, which other processes know nothing of. */
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
