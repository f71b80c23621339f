import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the condition holds, for ten seconds; throws with its text if it does not. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition()) return;
    await sleep(50);
  }
  throw new Error(`Did not become true: ${condition}`);
}
