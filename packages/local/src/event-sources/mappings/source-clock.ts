import { setTimeout as sleep } from 'node:timers/promises';

/** Time, as a source sees it. */
export interface SourceClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Ends early when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The clock of this machine. */
export const SYSTEM_CLOCK: SourceClock = {
  now: Date.now,
  sleep: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => {}),
};
