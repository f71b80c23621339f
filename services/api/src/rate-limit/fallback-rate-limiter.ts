import type { RateLimiter } from './rate-limiter.ts';

/** Limits by `first`, and by `second` if `first` fails: a failing limiter must not refuse requests. */
export function createFallbackRateLimiter(first: RateLimiter, second: RateLimiter): RateLimiter {
  // The link to Redis has already logged the error.
  return (keyId) => first(keyId).catch(() => second(keyId));
}
