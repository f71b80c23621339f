import type { RateLimiter } from './rate-limiter.ts';
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

/** Limits keys by buckets of this process, which other processes know nothing of. */
export function createMemoryRateLimiter({
  policy,
  now,
  maxBuckets = MAX_BUCKETS,
}: MemoryRateLimiterDeps): RateLimiter & { readonly size: () => number } {
  // In order of last use.
  const buckets = new Map<string, FullAt>();
  const take = async (keyId: string) => {
    const nowMicros = Math.floor(now() * MICROS_PER_MS);
    const { allowed, fullAt } = takeToken(policy, buckets.get(keyId), nowMicros);
    buckets.delete(keyId);
    buckets.set(keyId, fullAt);
    const [oldest] = buckets.keys();
    if (buckets.size > maxBuckets && oldest !== undefined) buckets.delete(oldest);
    return describeTake(policy, allowed, fullAt - nowMicros);
  };
  return Object.assign(take, { size: () => buckets.size });
}
