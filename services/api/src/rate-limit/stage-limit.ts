import { integer } from '@weir/config';
import type { RedisLink } from '../redis/redis-link.ts';
import { createFallbackRateLimiter } from './fallback-rate-limiter.ts';
import { createLimitRate, type LimitRate } from './limit-rate.ts';
import { createMemoryRateLimiter } from './memory-rate-limiter.ts';
import { createRedisRateLimiter } from './redis-rate-limiter.ts';

/** Above this rate a microsecond is not exact enough. No stage needs so much. */
const MAX_RATE = 100_000;
const MAX_BURST = 1_000_000;

/** The stage's settings for limits. */
export const limitFields = {
  ratePerSecond: integer('WEIR_RATE_LIMIT_PER_SECOND', { min: 1, max: MAX_RATE }),
  burst: integer('WEIR_RATE_LIMIT_BURST', { min: 1, max: MAX_BURST }),
};

/** Dependencies of `createStageLimit`. */
export interface StageLimitDeps {
  readonly config: { readonly stage: string; readonly ratePerSecond: number; readonly burst: number };
  /** Undefined if the stage has no Redis: then each process limits by itself. */
  readonly redis: RedisLink | undefined;
  readonly now: () => number;
}

/**
 * The stage's limit for each key: in Redis if the stage has one and it answers, otherwise in this process. A key that has
 * just spent its burst in Redis does not get another burst from an instance that cannot reach Redis: the bucket in
 * process continues from the last answer of Redis.
 */
export function createStageLimit({ config, redis, now }: StageLimitDeps): LimitRate {
  const { ratePerSecond, burst, stage } = config;
  const policy = { ratePerSecond, burst };
  const own = createMemoryRateLimiter({ policy, now });
  if (!redis) return createLimitRate(own, policy);
  const shared = createRedisRateLimiter({ link: redis, policy, prefix: `weir:${stage}:`, follow: own.follow });
  return createLimitRate(createFallbackRateLimiter(shared, own), policy);
}
