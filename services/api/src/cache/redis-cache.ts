import type { RedisLink } from '../redis/redis-link.ts';
import type { AnswerCache } from './answer-cache.ts';

/** Stores an answer unless a newer one is stored: two instances may write in another order than they read. */
const KEEP_SCRIPT = `
local known = redis.call('GET', KEYS[1])
if known then
  local count, readAt = string.match(known, '^(%d+) (%d+) ')
  count, readAt = tonumber(count or 0), tonumber(readAt or 0)
  if count > tonumber(ARGV[1]) or (count == tonumber(ARGV[1]) and readAt > tonumber(ARGV[2])) then return 0 end
end
redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. ARGV[2] .. ' ' .. ARGV[3], 'PX', ARGV[4])
return 1
`;

const KEPT = /^(\d+) (\d+) /;

/** A cache in Redis for all instances. It rejects if Redis does not answer. */
export function createRedisCache({ link, prefix }: { link: RedisLink; prefix: string }): AnswerCache {
  const script = { name: 'weirKeepAnswer', lua: KEEP_SCRIPT, numberOfKeys: 1, read: () => undefined };
  return {
    async get(key) {
      const kept = await link.get(prefix + key);
      const [head, count, readAt] = KEPT.exec(kept ?? '') ?? [];
      if (kept === undefined || head === undefined) return undefined;
      return { count: Number(count), readAt: Number(readAt), text: kept.slice(head.length), isShared: true };
    },
    async set(key, { count, readAt, text }, ttlMs) {
      await link.runScript(script, [prefix + key, count, readAt, text, ttlMs]);
    },
  };
}
