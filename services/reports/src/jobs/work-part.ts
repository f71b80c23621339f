import { cutFolder, JOB_FILES, type Job, type JobFile, jobFileKey, partsOf } from '@weir/dynamodb/jobs';
import { cleanUpJob } from './clean-up-job.ts';
import type { JobDeps } from './job-deps.ts';
import { JobFailure, type RunningJob } from './job-kind.ts';
import type { PartMessage } from './part-message.ts';
import { isFull, partsAfter } from './parts-to-send.ts';

const FILES = Object.keys(JOB_FILES) as JobFile[];

/** A job that runs and has a cut. */
type CutJob = Job & { readonly cut: string };

/**
 * Does the part that a message names, and all that follows from its end. The same message may come again, and beside
 * itself: what an earlier run of it did is not done again, and what that left is done now. On the last receive an error
 * fails the job.
 */
export async function workPart(
  deps: JobDeps,
  { jobId, cut, part }: PartMessage,
  { isLastReceive }: { readonly isLastReceive: boolean },
): Promise<void> {
  try {
    const job = await deps.store.find(jobId);
    if (isCut(job, cut) && job.status === 'running') await doPart(deps, job, part);
    // The worker that ended the job may have died before it removed the folder.
    else await cleanUpJob(deps, jobId);
  } catch (error) {
    const reason = error instanceof JobFailure ? error.reason : 'internal-error';
    if (isLastReceive) await deps.store.end(jobId, { status: 'failed', reason, cut, now: deps.now() });
    throw error;
  }
}

async function doPart(deps: JobDeps, job: CutJob, part: number): Promise<void> {
  const isToDo = part < partsOf(job) && !job.done.has(part);
  const after = isToDo ? await runPart(deps, job, part) : job;
  // The job has ended meanwhile. What the part wrote may have come after the removal of the folder.
  if (!isCut(after, job.cut)) return cleanUpJob(deps, job.id);
  if (isFull(after)) return assemble(deps, after);
  const next = partsAfter(after, part);
  if (next.length > 0) await deps.publish(next.map((one) => ({ jobId: job.id, cut: job.cut, part: one })));
}

async function runPart({ store, kindOf, now }: JobDeps, job: CutJob, part: number): Promise<Job | undefined> {
  const kind = await kindOf(job.question.kind);
  await kind.run(runningJob(job), part);
  return store.endPart(job.id, { cut: job.cut, part, now: now() });
}

/** Whoever sees all parts ended does this: each writes the same bytes, and one of them ends the job. */
async function assemble({ store, files, kindOf, now }: JobDeps, job: CutJob): Promise<void> {
  const kind = await kindOf(job.question.kind);
  const result = await kind.assemble(runningJob(job));
  for (const file of FILES) await files.putStream(jobFileKey(job, file), result[file]);
  await store.end(job.id, { status: 'done', cut: job.cut, now: now() });
  await cleanUpJob({ store, files }, job.id);
}

function runningJob({ id, question, cut, phases }: CutJob): RunningJob {
  return { id, question, folder: cutFolder(id, cut), phases };
}

function isCut(job: Job | undefined, cut: string): job is CutJob {
  return job?.cut === cut;
}
