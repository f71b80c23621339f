import type { Take } from './token-bucket.ts';

/** Takes a token from the bucket of a key. */
export type RateLimiter = (keyId: string) => Promise<Take>;

/** Is called after each take with the microseconds until the key's bucket is full. */
export type FollowBucket = (keyId: string, missingMicros: number) => void;
