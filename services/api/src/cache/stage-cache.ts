import type { RedisLink } from '../redis/redis-link.ts';
import type { AnswerCache } from './answer-cache.ts';
import { createMemoryCache } from './memory-cache.ts';
import { createRedisCache } from './redis-cache.ts';

/** Increase this number when the form of stored answers changes, so that new code does not read what old code wrote. */
const FORM = 1;

/** Dependencies of `createStageCache`. */
export interface StageCacheDeps {
  readonly config: { readonly stage: string };
  /** Undefined if the stage has no Redis: then each process has a cache of its own. */
  readonly redis: RedisLink | undefined;
  readonly now: () => number;
}

/** The stage's cache: in Redis if the stage has one and it answers, otherwise in this process. */
export function createStageCache({ config, redis, now }: StageCacheDeps): AnswerCache {
  const memory = createMemoryCache({ now });
  if (!redis) return memory;
  const shared = createRedisCache({ link: redis, prefix: `weir:${config.stage}:answer:${FORM}:` });
  // The link to Redis has already logged the error.
  return {
    get: (key) => shared.get(key).catch(() => memory.get(key)),
    set: (key, answer, ttlMs) => shared.set(key, answer, ttlMs).catch(() => memory.set(key, answer, ttlMs)),
  };
}
