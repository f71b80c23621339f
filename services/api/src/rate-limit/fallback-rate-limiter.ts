import type { RateLimiter } from './rate-limiter.ts';

/** Limits by `first`, and where that fails by `second`: a limit that cannot be asked must refuse nobody. */
export function createFallbackRateLimiter(first: RateLimiter, second: RateLimiter): RateLimiter {
  // The link to Redis has told why.
  return (keyId) => first(keyId).catch(() => second(keyId));
}
