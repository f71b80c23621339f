import type { RedisLink } from '../redis/redis-link.ts';
import type { AnswerCache } from './answer-cache.ts';
import { createMemoryCache } from './memory-cache.ts';
import { createRedisCache } from './redis-cache.ts';

/** Changes with the form of what is kept: a new version of the code must not read what an old one wrote. */
const FORM = 1;

/** What `createStageCache` needs. */
export interface StageCacheDeps {
  readonly config: { readonly stage: string };
  /** Undefined where the stage has no Redis: then each process keeps answers by itself. */
  readonly redis: RedisLink | undefined;
  readonly now: () => number;
}

/** Where the stage keeps answers: in Redis, where it has one that answers, else in process. */
export function createStageCache({ config, redis, now }: StageCacheDeps): AnswerCache {
  const memory = createMemoryCache({ now });
  if (!redis) return memory;
  const shared = createRedisCache({ link: redis, prefix: `weir:${config.stage}:answer:${FORM}:` });
  // The link to Redis has told why.
  return {
    get: (key) => shared.get(key).catch(() => memory.get(key)),
    set: (key, answer, ttlMs) => shared.set(key, answer, ttlMs).catch(() => memory.set(key, answer, ttlMs)),
  };
}
