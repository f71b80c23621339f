import { compressed, decompressed, digestOf, MissingObject, runObjectKey } from '@weir/archive';
import type { ArchiveRun } from '@weir/dynamodb';
import type { EraseDeps, EraseJob } from './erase-deps.ts';
import { PersonLines } from './person-lines.ts';
import { wholeLines } from './whole-lines.ts';

/**
 * Takes a person out of a run's object: a new object, then the run's new digest and the receipt's count in one write,
 * then the old object goes. Dying anywhere leaves the run with one of the two; what it does not name is removed by
 * whoever finds it. Of two erasures at once the slower one finds another digest, takes its object back, and begins again.
 * Returns the run as it is without the person.
 */
export async function eraseRun(deps: EraseDeps, job: EraseJob, run: ArchiveRun): Promise<ArchiveRun> {
  for (let found: Found = { run, isErased: false }; ; found = await eraseOnce(deps, job, found.run)) {
    if (found.isErased) return found.run;
  }
}

/** A run, and whether the person is known not to be in it; if not, it has moved on. */
interface Found {
  readonly run: ArchiveRun;
  readonly isErased: boolean;
}

async function eraseOnce(deps: EraseDeps, job: EraseJob, run: ArchiveRun): Promise<Found> {
  const key = runObjectKey(run);
  if (key === undefined) return { run, isErased: true };
  try {
    if (!(await isPersonIn(deps, job, key))) return { run, isErased: true };
    const lines = new PersonLines(job.person);
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

/** Whether an object holds a line of the person. */
export async function isPersonIn({ objects }: EraseDeps, { person }: EraseJob, key: string): Promise<boolean> {
  const lines = new PersonLines(person);
  for await (const block of wholeLines(decompressed(await objects.get(key)))) if (lines.areIn(block)) return true;
  return false;
}

async function* rewritten({ objects }: EraseDeps, key: string, lines: PersonLines): AsyncIterable<Uint8Array> {
  for await (const block of wholeLines(decompressed(await objects.get(key)))) yield* lines.rewrite(block);
}

interface Replacement {
  readonly job: EraseJob;
  readonly run: ArchiveRun;
  readonly digest: string;
  readonly lines: number;
}

async function replace(deps: EraseDeps, { job, run, digest, lines }: Replacement): Promise<Found> {
  const replaced = { ...run, digest };
  const at = deps.now();
  if (!(await deps.erasures.replaceRun({ erasureId: job.erasureId, run, digest, lines, at }))) {
    const current = await currentOf(deps, run);
    // A write that was under way at the same moment, and may have come to nothing.
    if (current.digest === run.digest) return { run, isErased: false };
    if (current.digest !== digest) {
      await deps.objects.remove([runObjectKey(replaced) ?? '']);
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

/** Another erasure removes an object only when the run names another. */
async function afterMissing(deps: EraseDeps, run: ArchiveRun): Promise<Found> {
  const current = await currentOf(deps, run);
  if (current.digest !== run.digest) return { run: current, isErased: false };
  deps.log.error('an object of the archive is missing', { key: runObjectKey(run) });
  return { run, isErased: true };
}
