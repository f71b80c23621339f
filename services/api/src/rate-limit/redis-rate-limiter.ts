import type { RedisLink } from '../redis/redis-link.ts';
import type { FollowBucket, RateLimiter } from './rate-limiter.ts';
import { type BucketPolicy, describeTake, tokenMicros } from './token-bucket.ts';

/**
 * `takeToken` in Lua, by Redis' clock, so that no instance's clock counts. It answers whether a token was taken, and the
 * microseconds until the bucket is full. The Redis key expires at that time, as a missing bucket counts as full. Numbers
 * are whole and below 2^53, but Lua writes large ones with an exponent unless a format is given.
 */
export const TAKE_SCRIPT = `
local cost, capacity = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local fullAt = tonumber(redis.call('GET', KEYS[1]) or 0)
local before = math.min(math.max(fullAt, now), now + capacity)
local after = before + cost
if after - now > capacity then return {0, before - now, string.format('%.0f', now)} end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000))
return {1, after - now, string.format('%.0f', now)}
`;

/** Dependencies of `createRedisRateLimiter`. */
export interface RedisRateLimiterDeps {
  readonly link: RedisLink;
  readonly policy: BucketPolicy;
  /** The prefix of each Redis key. */
  readonly prefix: string;
  /** Is called with each answer of Redis, so that a bucket in this process can continue from there. */
  readonly follow: FollowBucket;
}

/** Limits keys with buckets in Redis that all instances share. It rejects if Redis does not answer. */
export function createRedisRateLimiter({ link, policy, prefix, follow }: RedisRateLimiterDeps): RateLimiter {
  const cost = tokenMicros(policy);
  const script = { name: 'weirTakeToken', lua: TAKE_SCRIPT, numberOfKeys: 1, read: readAnswer };
  return async (keyId) => {
    const answer = await link.runScript(script, [`${prefix}rate:${keyId}`, cost, cost * policy.burst]);
    follow(keyId, answer.missingMicros);
    return describeTake(policy, answer.allowed, answer.missingMicros);
  };
}

function readAnswer(answer: unknown): { readonly allowed: boolean; readonly missingMicros: number } {
  const [allowed, missingMicros] = Array.isArray(answer) ? answer : [];
  if (typeof missingMicros !== 'number') throw new Error('Redis did not answer with a bucket');
  return { allowed: allowed === 1, missingMicros };
}
