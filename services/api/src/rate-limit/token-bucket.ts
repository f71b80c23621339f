const MICROS_PER_SECOND = 1_000_000;

/** How fast a bucket fills, and how much it holds. */
export interface BucketPolicy {
  /** Tokens added each second. */
  readonly ratePerSecond: number;
  /** The most tokens in it. */
  readonly burst: number;
}

/** What asking a bucket for one token gave. */
export interface Take {
  readonly allowed: boolean;
  /** Whole tokens left. */
  readonly remaining: number;
  /** Seconds until the bucket is full again; where nothing was left, until there is a token. */
  readonly resetSeconds: number;
}

/** A bucket's whole state: the time, in microseconds, at which it will be full. */
export type FullAt = number;

/**
 * Microseconds in which one token is added. Whole, so that sums stay exact wherever they are made, and rounded up, so
 * that a bucket never gives more than its policy says.
 */
export function tokenMicros({ ratePerSecond }: BucketPolicy): number {
  return Math.ceil(MICROS_PER_SECOND / ratePerSecond);
}

/**
 * Takes a token, if there is one. One number is the state (the generic cell rate algorithm, which is a token bucket):
 * each token taken moves the time at which the bucket is full by the time in which one is added.
 */
export function takeToken(
  policy: BucketPolicy,
  fullAt: FullAt | undefined,
  nowMicros: number,
): { allowed: boolean; fullAt: FullAt } {
  const cost = tokenMicros(policy);
  const capacity = cost * policy.burst;
  // A clock that was set back must not leave a bucket emptier than empty.
  const before = Math.min(Math.max(fullAt ?? 0, nowMicros), nowMicros + capacity);
  const after = before + cost;
  return after - nowMicros <= capacity ? { allowed: true, fullAt: after } : { allowed: false, fullAt: before };
}

/** What a caller is told of a bucket that is `missingMicros` from being full. */
export function describeTake(policy: BucketPolicy, allowed: boolean, missingMicros: number): Take {
  const cost = tokenMicros(policy);
  const left = cost * policy.burst - missingMicros;
  const remaining = allowed ? Math.floor(left / cost) : 0;
  const waitMicros = remaining > 0 ? missingMicros : cost - left;
  return { allowed, remaining, resetSeconds: Math.max(1, Math.ceil(waitMicros / MICROS_PER_SECOND)) };
}
