import type { JobDeps } from '../job-deps.ts';
import { redriveJob } from '../redrive-job.ts';

/** What came of a job that an operator wants to run again. `npm run ops -- redrive reports` reads it. */
export type RedriveAnswer =
  | { readonly outcome: 'reopened'; readonly reason: string }
  /** It runs or waits. */
  | { readonly outcome: 'active' }
  /** It is done, or was cancelled. */
  | { readonly outcome: 'ended' }
  | { readonly outcome: 'unknown' };

/** Opens a failed job again. */
export async function answerRedrive(deps: JobDeps, id: string): Promise<RedriveAnswer> {
  const job = await deps.store.find(id);
  if (job === undefined) return { outcome: 'unknown' };
  if (await redriveJob(deps, id)) return { outcome: 'reopened', reason: job.reason ?? 'unknown' };
  const { status } = (await deps.store.find(id)) ?? job;
  return { outcome: status === 'queued' || status === 'running' ? 'active' : 'ended' };
}
