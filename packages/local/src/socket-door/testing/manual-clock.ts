import type { SourceClock } from '../../event-sources/mappings/source-clock.ts';

/** A clock whose time passes when a test says so. */
export interface ManualClock extends SourceClock {
  advance(ms: number): Promise<void>;
}

/** Starts a clock at 24 November 2025, 16:00 UTC. */
export function createManualClock(start = 1_764_000_000_000): ManualClock {
  let now = start;
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.add(sleeper);
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
    advance: async (ms) => {
      now += ms;
      for (const sleeper of sleepers) {
        if (sleeper.at > now) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await settle();
    },
  };
}
