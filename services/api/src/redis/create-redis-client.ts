import type { Logger } from '@weir/logging';
import { Redis } from 'ioredis';

const CONNECT_TIMEOUT_MS = 150;
const COMMAND_TIMEOUT_MS = 150;

/** How Redis and Valkey, and Redis before version 6, refuse a password. */
const REFUSED = /^(?:WRONGPASS|ERR invalid password)\b/;

/** Dependencies of `createRedisClient`. */
export interface RedisClientDeps {
  readonly log: Logger;
  /** Is called if Redis refuses the password. */
  readonly onRefused: () => void;
}

/** A client for `url` (`redis:` or `rediss:`), not connected yet. */
export function createRedisClient(url: string, { log, onRefused }: RedisClientDeps): Redis {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    // A command does not wait for a connection, and a lost connection is not restored in the background: the next use
    // connects.
    enableOfflineQueue: false,
    retryStrategy: null,
    maxRetriesPerRequest: 0,
    // Fewer round trips before the first answer, and no INFO, which some hosted servers refuse.
    enableReadyCheck: false,
    disableClientInfo: true,
    protocol: 2,
  });
  // Without a listener ioredis writes to the console. The caller of a command gets the error in any case.
  // Only the message is logged: an error of AUTH has the password among its fields.
  redis.on('error', ({ message }) => {
    log.debug('The connection to Redis failed', { reason: message });
    if (REFUSED.test(message)) onRefused();
  });
  return redis;
}
