import { cutFolder, type Job } from '@weir/dynamodb/jobs';
import { removeFolder } from './clean-up-job.ts';
import type { JobDeps } from './job-deps.ts';
import { JobFailure } from './job-kind.ts';
import { partsToSend } from './parts-to-send.ts';

/**
 * Admits the waiting jobs of a key whose turn it is, and sends the first parts of those that run. Repeatable: what a
 * run that died has left is done by the next one.
 */
export async function coordinateKey(deps: JobDeps, keyId: string): Promise<void> {
  const running = await deps.store.admit(keyId, deps.now());
  const errors: unknown[] = [];
  for (const job of running.filter(({ sentAt }) => sentAt === undefined)) {
    // A job that cannot begin does not keep the key's other one back.
    await beginJob(deps, job).catch((error: unknown) => errors.push(error));
  }
  if (errors.length > 0) throw errors[0];
}

async function beginJob(deps: JobDeps, job: Job): Promise<void> {
  const begun = job.cut === undefined ? await planJob(deps, job) : job;
  const { id, cut, status } = begun ?? job;
  if (!begun || cut === undefined || status !== 'running') return;
  await deps.publish(partsToSend(begun).map((part) => ({ jobId: id, cut, part })));
  await deps.store.markSent(id, { cut, now: deps.now() });
}

/** Fixes the cut. The job as it then is may have the cut of another coordinator, or may have ended. */
async function planJob(deps: JobDeps, { id, question }: Job): Promise<Job | undefined> {
  const kind = await deps.kindOf(question.kind);
  const cut = deps.newCut();
  const folder = cutFolder(id, cut);
  try {
    const { phases } = await kind.plan(question, folder);
    const fixed = await deps.store.fixCut(id, { cut, phases, now: deps.now() });
    if (fixed?.cut !== cut) await removeFolder(deps.files, folder);
    return fixed;
  } catch (error) {
    // Any other error may pass: the stream or the sweep comes again.
    if (!(error instanceof JobFailure)) throw error;
    await deps.store.end(id, { status: 'failed', reason: error.reason, cut: null, now: deps.now() });
    return undefined;
  }
}
