import { jobFolder } from '@weir/dynamodb/jobs';
import type { JobDeps } from './job-deps.ts';

/** Objects that are removed at once. */
const BATCH = 1000;

/**
 * Removes what the parts of a job wrote, if the job is done or cancelled. A failed job keeps it: its parts go on from
 * there if it is reopened. Otherwise it expires.
 */
export async function cleanUpJob({ store, files }: Pick<JobDeps, 'store' | 'files'>, id: string): Promise<void> {
  const job = await store.find(id);
  if (job?.status === 'done' || job?.status === 'cancelled') await removeFolder(files, jobFolder(id));
}

export async function removeFolder(files: Pick<JobDeps['files'], 'list' | 'remove'>, folder: string): Promise<void> {
  let keys: string[] = [];
  for await (const { key } of files.list(folder)) {
    keys.push(key);
    if (keys.length < BATCH) continue;
    await files.remove(keys);
    keys = [];
  }
  if (keys.length > 0) await files.remove(keys);
}
