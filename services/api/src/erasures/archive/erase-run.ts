import { compressed, decompressed, digestOf, MissingObject, runObjectKey, wholeLines } from '@weir/archive';
import type { ArchiveRun } from '@weir/dynamodb';
import { type EraseDeps, expectWalking, type PassJob } from '../cohort/erase-deps.ts';
import type { MemberCounts, People } from '../cohort/people.ts';
import { PeopleLines } from './people-lines.ts';

/** The name of this place in the receipt. */
const PLACE = 'archive';

/**
 * Erases the users of a pass from a run's object. First it writes the new object; then one write stores the run's new
 * digest and the pass's counts; then it removes the old object. If it dies at any point, the run names one of the two
 * objects, and a later erasure or sweep removes the other. If two erasures work on one run, the slower one finds another
 * digest, removes its own object, and begins again. Returns the run without these users.
 */
export async function eraseRun(deps: EraseDeps, job: PassJob, run: ArchiveRun): Promise<ArchiveRun> {
  for (let found: Found = { run, isErased: false }; ; found = await eraseOnce(deps, job, found.run)) {
    if (found.isErased) return found.run;
  }
}

/** A run. `isErased` is true if it has no lines of these users; if it is false, the run has changed since it was read. */
interface Found {
  readonly run: ArchiveRun;
  readonly isErased: boolean;
}

async function eraseOnce(deps: EraseDeps, job: PassJob, run: ArchiveRun): Promise<Found> {
  const key = runObjectKey(run);
  if (key === undefined) return { run, isErased: true };
  try {
    if (!(await areIn(deps, job.cohort.erased, key))) return { run, isErased: true };
    const lines = new PeopleLines(job.cohort.erased);
    const sha256 = await deps.objects.putHashed(compressed(rewritten(deps, key, lines)), (hash) => keyOf(run, hash));
    return await replace(deps, { job, run, digest: digestOf(sha256), lines: lines.erased });
  } catch (error) {
    if (!(error instanceof MissingObject)) throw error;
    return await afterMissing(deps, run);
  }
}

function keyOf(run: ArchiveRun, sha256: string): string {
  return runObjectKey({ ...run, digest: digestOf(sha256) }) ?? '';
}

/** Whether an object has a line of one of these users. */
export async function areIn({ objects }: EraseDeps, people: People, key: string): Promise<boolean> {
  const lines = new PeopleLines(people);
  for await (const block of wholeLines(decompressed(await objects.get(key)))) if (lines.areIn(block)) return true;
  return false;
}

async function* rewritten({ objects }: EraseDeps, key: string, lines: PeopleLines): AsyncIterable<Uint8Array> {
  for await (const block of wholeLines(decompressed(await objects.get(key)))) yield* lines.rewrite(block);
}

interface Replacement {
  readonly job: PassJob;
  readonly run: ArchiveRun;
  readonly digest: string;
  readonly lines: MemberCounts;
}

async function replace(deps: EraseDeps, { job, run, digest, lines }: Replacement): Promise<Found> {
  const replaced = { ...run, digest };
  const key = runObjectKey(replaced) ?? '';
  const counts = { place: PLACE, key, counts: lines.counts };
  if (!(await deps.passes.replaceRun(job.pass, { ...counts, run, digest }))) {
    const current = await currentOf(deps, run);
    if (current.digest === run.digest) {
      // Either another write ran at the same moment, and may have failed, or this pass is over.
      await expectWalking(deps, job);
      return { run, isErased: false };
    }
    if (current.digest !== digest) {
      await deps.objects.remove([key]);
      return { run: current, isErased: false };
    }
  }
  await deps.objects.remove([runObjectKey(run) ?? '']);
  return { run: replaced, isErased: true };
}

/** Runs are never removed. */
async function currentOf({ store }: EraseDeps, run: ArchiveRun): Promise<ArchiveRun> {
  return (await store.findRun(run.logId, run.from)) ?? run;
}

/** Another writer removes an object only after the run names another one. */
async function afterMissing(deps: EraseDeps, run: ArchiveRun): Promise<Found> {
  const current = await currentOf(deps, run);
  if (current.digest !== run.digest) return { run: current, isErased: false };
  deps.log.error('An object of the archive is missing', { key: runObjectKey(run) });
  return { run, isErased: true };
}
