import type { SourceClock } from '../source-clock.ts';

/** A clock whose time passes when everybody sleeps. */
export interface VirtualClock extends SourceClock {
  stop(): void;
}

/** Starts a clock at `start` (epoch ms): whenever there is nothing else to do, the first sleeper wakes at its time. */
export function createVirtualClock(start = 1_764_000_000_000): VirtualClock {
  let now = start;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const tick = () => {
    sleepers.sort((a, b) => a.at - b.at);
    const first = sleepers.shift();
    if (first !== undefined) {
      now = Math.max(now, first.at);
      first.wake();
    }
    handle = setImmediate(tick);
  };
  let handle = setImmediate(tick);
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        sleepers.push({ at: now + ms, wake: resolve });
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
    stop: () => clearImmediate(handle),
  };
}
