const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** The waits before the second attempt and those after it: 75 hours, 35 minutes and 5 seconds. */
const WAITS_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
] as const;

/** A tenth more or less, so that what failed together does not come back together. */
const JITTER = 0.1;

/** A message is posted so often, at most. */
export const ATTEMPTS = WAITS_MS.length + 1;

/**
 * How long to wait for the next attempt; `undefined` after the last one.
 *
 * @param failed how many attempts have failed, from 1
 * @param random from 0 (inclusive) to 1 (exclusive)
 */
export function retryDelayMs(failed: number, random: number): number | undefined {
  const waitMs = WAITS_MS[failed - 1];
  return waitMs === undefined ? undefined : Math.round(waitMs * (1 - JITTER + 2 * JITTER * random));
}
