import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` once for calls that come together, and never twice at once: what is called for while it runs is done in one
 * further run. Each call resolves after a run that began later than it.
 */
export function oneAtATime(work: () => Promise<void>, pauseMs: number): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= running.then(async () => {
      await sleep(pauseMs);
      next = undefined;
      running = work();
      await running;
    });
    return next;
  };
}
