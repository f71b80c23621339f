import { integer } from '@weir/config';
import type { RedisLink } from '../redis/redis-link.ts';
import { redisUrl } from '../redis/stage-redis.ts';
import { createFallbackRateLimiter } from './fallback-rate-limiter.ts';
import { createLimitRate, type LimitRate } from './limit-rate.ts';
import { createMemoryRateLimiter } from './memory-rate-limiter.ts';
import { createRedisRateLimiter } from './redis-rate-limiter.ts';

/** Past it a microsecond is no longer exact enough; no stage needs as much. */
const MAX_RATE = 100_000;
const MAX_BURST = 1_000_000;

/** What a stage says of its limits, and of its Redis. */
export const limitFields = {
  ratePerSecond: integer('WEIR_RATE_LIMIT_PER_SECOND', { min: 1, max: MAX_RATE }),
  burst: integer('WEIR_RATE_LIMIT_BURST', { min: 1, max: MAX_BURST }),
  redisUrl: redisUrl('WEIR_REDIS_URL'),
};

/** What `createStageLimit` needs. */
export interface StageLimitDeps {
  readonly config: { readonly stage: string; readonly ratePerSecond: number; readonly burst: number };
  /** Undefined where the stage has no Redis: then each process limits by itself. */
  readonly redis: RedisLink | undefined;
  readonly now: () => number;
}

/**
 * The stage's limit for each key: in Redis, where it has one that answers, else in process. A key that just spent its burst in
 * Redis does not get another from an instance that misses Redis: the bucket in process goes on from what Redis said last.
 */
export function createStageLimit({ config, redis, now }: StageLimitDeps): LimitRate {
  const { ratePerSecond, burst, stage } = config;
  const policy = { ratePerSecond, burst };
  const own = createMemoryRateLimiter({ policy, now });
  if (!redis) return createLimitRate(own, policy);
  const shared = createRedisRateLimiter({ link: redis, policy, prefix: `weir:${stage}:`, follow: own.follow });
  return createLimitRate(createFallbackRateLimiter(shared, own), policy);
}
