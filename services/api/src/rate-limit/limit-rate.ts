import { type Problem, problem } from '../http/answers/problem.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { type BucketPolicy, type Take, tokenMicros } from './token-bucket.ts';

const MICROS_PER_SECOND = 1_000_000;

/** Headers of answers. */
type Headers = Readonly<Record<string, string>>;

/** The verdict on a request: the headers of its answer, and the problem if it is refused. */
export interface RateVerdict {
  readonly headers: Headers;
  readonly refused?: Problem;
}

/** Checks the limit of a key for one request. */
export type LimitRate = (keyId: string) => Promise<RateVerdict>;

/** Limits the requests of each key with a token bucket. */
export function createLimitRate(take: RateLimiter, policy: BucketPolicy): LimitRate {
  const ratelimitPolicy = policyHeader(policy);
  return async (keyId) => {
    const taken = await take(keyId);
    const { allowed, remaining, resetSeconds } = taken;
    const headers = {
      'ratelimit-policy': ratelimitPolicy,
      ratelimit: `"key";r=${remaining};t=${resetSeconds}`,
    };
    return allowed ? { headers } : { headers, refused: refuse(taken, policy) };
  };
}

/**
 * In the form of draft-ietf-httpapi-ratelimit-headers-11: the quota is a full bucket, the window is the time in which it
 * fills.
 */
function policyHeader(policy: BucketPolicy): string {
  const windowSeconds = Math.max(1, Math.ceil((tokenMicros(policy) * policy.burst) / MICROS_PER_SECOND));
  return `"key";q=${policy.burst};w=${windowSeconds}`;
}

function refuse({ resetSeconds }: Take, { ratePerSecond, burst }: BucketPolicy): Problem {
  const detail = `the key may send ${ratePerSecond} requests a second, and ${burst} at once`;
  return problem('too-many-requests', detail, { headers: { 'retry-after': `${resetSeconds}` } });
}
