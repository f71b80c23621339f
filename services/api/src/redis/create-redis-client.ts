import type { Logger } from '@weir/logging';
import { Redis } from 'ioredis';

const CONNECT_TIMEOUT_MS = 150;
const COMMAND_TIMEOUT_MS = 150;

/** A client for `url` (`redis:` or `rediss:`), not connected yet. */
export function createRedisClient(url: string, log: Logger): Redis {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    // A command waits for no connection, and a lost connection is not mended behind our back: the next use makes one.
    enableOfflineQueue: false,
    retryStrategy: null,
    maxRetriesPerRequest: 0,
    // Fewer round trips before the first answer, and no INFO, which some hosted servers refuse.
    enableReadyCheck: false,
    disableClientInfo: true,
    protocol: 2,
  });
  // Without a listener ioredis writes to the console. Whoever waits for a command is told anyway.
  redis.on('error', (error) => log.debug('The connection to Redis failed', { error }));
  return redis;
}
