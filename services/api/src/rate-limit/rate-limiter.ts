import type { Take } from './token-bucket.ts';

/** Takes a token from the bucket of a key. */
export type RateLimiter = (keyId: string) => Promise<Take>;

/** Is told how far the bucket of a key is from being full, in microseconds, each time that it has been asked. */
export type FollowBucket = (keyId: string, missingMicros: number) => void;
