import type { ArchiveRun, ArchiveRuns } from './metrics-store.ts';

/** Runs that are read first: those of a day, mostly. Each read after it takes four times as many, up to a page. */
const FIRST_READ = 24;
const PAGE = 1000;

/** The newest runs of a log, newest first, back to the first one that `isLast`; all runs if there is none. */
export async function runsBackTo(
  store: Pick<ArchiveRuns, 'newestRuns'>,
  logId: string,
  isLast: (run: ArchiveRun) => boolean,
): Promise<ArchiveRun[]> {
  const runs: ArchiveRun[] = [];
  for (let limit = FIRST_READ; ; limit = Math.min(4 * limit, PAGE)) {
    const read = await store.newestRuns(logId, limit, runs.at(-1)?.from);
    const last = read.findIndex(isLast);
    runs.push(...(last < 0 ? read : read.slice(0, last + 1)));
    if (last >= 0 || read.length < limit) return runs;
  }
}
