import { coordinateKey } from './coordinate-key.ts';
import type { JobDeps } from './job-deps.ts';

/**
 * A job goes on with its cut for so long. The objects in the cut's folder expire after two days: a part must not lose
 * them while it runs.
 */
const RESUMABLE_MS = 24 * 60 * 60_000;

/**
 * Opens a failed job again, then sends those of its parts that have not ended. A job whose folder may expire gets a new
 * cut. False if the job has not failed.
 */
export async function redriveJob(deps: JobDeps, id: string): Promise<boolean> {
  const job = await deps.store.find(id);
  if (job?.status !== 'failed') return false;
  const now = deps.now();
  const anew = job.cutAt !== undefined && job.cutAt <= now - RESUMABLE_MS;
  const isOpen = await deps.store.reopen(id, { now, anew });
  // If this dies, the sweep finds a job without sent parts.
  if (isOpen) await coordinateKey(deps, job.keyId);
  return isOpen;
}
