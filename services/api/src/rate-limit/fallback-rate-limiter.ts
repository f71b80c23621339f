import type { Log, Meter } from '@weir/logging';
import { logFallback } from '../redis/log-fallback.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** What limiting in spite of failures needs. */
export interface FallbackRateLimiterDeps {
  readonly first: RateLimiter;
  readonly second: RateLimiter;
  readonly meter: Meter;
  readonly log: Log;
}

/** Limits by `first`, and where that fails by `second`: a limit that cannot be asked must refuse nobody. */
export function createFallbackRateLimiter({ first, second, meter, log }: FallbackRateLimiterDeps): RateLimiter {
  return (keyId) =>
    first(keyId).catch((error: unknown) => {
      meter.count('RateLimitFallbacks');
      logFallback(log, 'Redis cannot limit: this process does by itself', error);
      return second(keyId);
    });
}
