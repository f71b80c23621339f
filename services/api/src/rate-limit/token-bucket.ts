const MICROS_PER_SECOND = 1_000_000;

/** How fast a bucket fills, and how much it holds. */
export interface BucketPolicy {
  /** Tokens added each second. */
  readonly ratePerSecond: number;
  /** The most tokens in it. */
  readonly burst: number;
}

/** The result of taking one token from a bucket. */
export interface Take {
  readonly allowed: boolean;
  /** Whole tokens left. */
  readonly remaining: number;
  /** Seconds until the bucket is full again, or until the next token if it is empty. */
  readonly resetSeconds: number;
}

/** The state of a bucket: the time at which it will be full, in microseconds. */
export type FullAt = number;

/**
 * The microseconds in which one token is added. Whole, so that sums are exact in TypeScript and in Lua, and rounded up,
 * so that a bucket never gives more than its policy allows.
 */
export function tokenMicros({ ratePerSecond }: BucketPolicy): number {
  return Math.ceil(MICROS_PER_SECOND / ratePerSecond);
}

/**
 * Takes a token if there is one. The state is one number (the generic cell rate algorithm, a form of token bucket): each
 * taken token moves the time at which the bucket is full by the time in which one token is added.
 */
export function takeToken(
  policy: BucketPolicy,
  fullAt: FullAt | undefined,
  nowMicros: number,
): { allowed: boolean; fullAt: FullAt } {
  const cost = tokenMicros(policy);
  const capacity = cost * policy.burst;
  // If the clock was set back, a bucket must not have less than no token.
  const before = Math.min(Math.max(fullAt ?? 0, nowMicros), nowMicros + capacity);
  const after = before + cost;
  return after - nowMicros <= capacity ? { allowed: true, fullAt: after } : { allowed: false, fullAt: before };
}

/** The answer for a bucket that needs `missingMicros` until it is full. */
export function describeTake(policy: BucketPolicy, allowed: boolean, missingMicros: number): Take {
  const cost = tokenMicros(policy);
  const left = cost * policy.burst - missingMicros;
  const remaining = allowed ? Math.floor(left / cost) : 0;
  const waitMicros = remaining > 0 ? missingMicros : cost - left;
  return { allowed, remaining, resetSeconds: Math.max(1, Math.ceil(waitMicros / MICROS_PER_SECOND)) };
}
