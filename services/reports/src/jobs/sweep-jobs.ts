import { coordinateKey } from './coordinate-key.ts';
import type { JobDeps } from './job-deps.ts';

/** After this time a job that was not begun is looked at again: its record may have been lost. */
const LOST_AFTER_MS = 10 * 60_000;

export interface SweepOptions {
  /** Longer than all receives of a part can take. */
  readonly stalledAfterMs: number;
}

export interface SweptJobs {
  readonly [name: string]: number;
  readonly active: number;
  readonly stalled: number;
  /** Keys with jobs that wait, or that were not begun. */
  readonly keys: number;
  readonly failedKeys: number;
}

/**
 * Fails the running jobs whose workers were killed without a word. Then it admits and begins what a lost record has
 * left. A key whose jobs cannot begin does not keep the others back.
 */
export async function sweepJobs(deps: JobDeps, { stalledAfterMs }: SweepOptions): Promise<SweptJobs> {
  const now = deps.now();
  const swept = { active: 0, stalled: 0 };
  const keys = new Set<string>();
  for await (const { id, keyId, status, sentAt, progressAt } of deps.store.listActive()) {
    swept.active++;
    if (status === 'running' && progressAt <= now - stalledAfterMs) {
      const isFailed = await deps.store.end(id, { status: 'failed', reason: 'stalled', progressAt, now });
      if (isFailed) swept.stalled++;
    } else if (sentAt === undefined && progressAt <= now - LOST_AFTER_MS) {
      keys.add(keyId);
    }
  }
  const errors = await coordinateEach(deps, keys);
  if (errors.length > 0 && errors.length === keys.size) throw errors[0];
  return { ...swept, keys: keys.size, failedKeys: errors.length };
}

async function coordinateEach(deps: JobDeps, keys: ReadonlySet<string>): Promise<unknown[]> {
  const errors: unknown[] = [];
  for (const keyId of keys) await coordinateKey(deps, keyId).catch((error: unknown) => errors.push(error));
  return errors;
}
