import type { Take } from './token-bucket.ts';

/** Takes a token from the bucket of a key. */
export type RateLimiter = (keyId: string) => Promise<Take>;
