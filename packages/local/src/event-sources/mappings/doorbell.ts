import type { SourceClock } from './source-clock.ts';

/** Wakes readers that have found nothing, as soon as something is written to their source. */
export interface Doorbell {
  ring(): void;
  /** How often it has rung. Ask before a read: no ring is then lost between the read and the wait. */
  rung(): number;
  /** Waits until it has rung more often than `since`, or `ms` have passed, or the signal aborts. */
  wait(since: number, ms: number): Promise<void>;
}

/** Creates a doorbell of a source. */
export function createDoorbell(clock: SourceClock, stopping: AbortSignal): Doorbell {
  let count = 0;
  let next = new AbortController();
  return {
    ring: () => {
      count += 1;
      next.abort();
      next = new AbortController();
    },
    rung: () => count,
    wait: async (since, ms) => {
      if (count > since) return;
      await clock.sleep(ms, AbortSignal.any([next.signal, stopping]));
    },
  };
}
