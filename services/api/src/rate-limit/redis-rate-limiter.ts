import type { RedisLink } from '../redis/redis-link.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { type BucketPolicy, describeTake, type Take, tokenMicros } from './token-bucket.ts';

/**
 * `takeToken` in Lua, by Redis' clock, so that no instance's clock counts. Answers whether a token was taken, and the
 * microseconds until the bucket is full, at which time its key expires: a full bucket and none are the same.
 * Numbers are whole and below 2^53, but Lua writes large ones with an exponent unless told otherwise.
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

/** What a limiter in Redis needs. */
export interface RedisRateLimiterDeps {
  readonly link: RedisLink;
  readonly policy: BucketPolicy;
  /** Begins each key. */
  readonly prefix: string;
}

/** Limits keys by buckets in Redis, which all instances share. Rejects where Redis does not answer. */
export function createRedisRateLimiter({ link, policy, prefix }: RedisRateLimiterDeps): RateLimiter {
  const cost = tokenMicros(policy);
  const read = (answer: unknown): Take => {
    const [allowed, missingMicros] = Array.isArray(answer) ? answer : [];
    if (typeof missingMicros !== 'number') throw new Error('Redis answered something else than a bucket');
    return describeTake(policy, allowed === 1, missingMicros);
  };
  const script = { name: 'weirTakeToken', lua: TAKE_SCRIPT, numberOfKeys: 1, read };
  return (keyId) => link.runScript(script, [`${prefix}rate:${keyId}`, cost, cost * policy.burst]);
}
