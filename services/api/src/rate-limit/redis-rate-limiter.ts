import type { RedisLink } from '../redis/redis-link.ts';
import type { FollowBucket, RateLimiter } from './rate-limiter.ts';
import { type BucketPolicy, describeTake, tokenMicros } from './token-bucket.ts';

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
  /** Is told what each answer of Redis says, so that a bucket in process can go on from there. */
  readonly follow: FollowBucket;
}

/** Limits keys by buckets in Redis, which all instances share. Rejects where Redis does not answer. */
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
  if (typeof missingMicros !== 'number') throw new Error('Redis answered something else than a bucket');
  return { allowed: allowed === 1, missingMicros };
}
