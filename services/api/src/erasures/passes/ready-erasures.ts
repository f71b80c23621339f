import type { ArchiveRun } from '@weir/dynamodb';
import type { PassMember, WaitingErasure } from '@weir/dynamodb/erasures';
import { isSettled, isSettledByAge } from '../archive/log-runs.ts';
import type { EraseDeps } from '../cohort/erase-deps.ts';
import { hourOf, isLate } from '../cohort/steps.ts';

type ReadyDeps = Pick<EraseDeps, 'erasures' | 'store' | 'now'>;

/** Whoever waits past so many waits for the next pass: their ids are held in memory, and each is moved on by a write. */
export const MAX_MEMBERS = 10_000;
/** Runs that are looked at first: a day's. */
const RECENT_RUNS = 24;

/** Those whose step a pass may take, the longest waiting first. */
export async function* readyErasures({ erasures, store, now }: ReadyDeps): AsyncIterable<WaitingErasure> {
  let rewrittenHour: number | undefined;
  for await (const waiting of erasures.listDue(now())) {
    if (isLate(waiting.step)) {
      rewrittenHour ??= await lastRewrittenHour({ store, now });
      if (hourOf(waiting.until - 1) > rewrittenHour) continue;
    }
    yield waiting;
  }
}

/** The members of a pass that begins. */
export async function gatherMembers(deps: ReadyDeps): Promise<PassMember[]> {
  const members: PassMember[] = [];
  for await (const { id, revision } of readyErasures(deps)) {
    members.push({ id, revision });
    if (members.length === MAX_MEMBERS) break;
  }
  return members;
}

/** Whether a pass would have a member. */
export async function isAnyReady(deps: ReadyDeps): Promise<boolean> {
  for await (const _ of readyErasures(deps)) return true;
  return false;
}

/** The last hour of which, and before which, all that arrived is in runs, and these are swept. */
async function lastRewrittenHour({ store, now }: Pick<ReadyDeps, 'store' | 'now'>): Promise<number> {
  // What arrives in the present hour can still be appended.
  let last = hourOf(now()) - 1;
  for (const { logId } of await store.list()) {
    const recent = await recentRuns(store, logId, now());
    for (const run of recent) if (!isSettled(run, now())) last = Math.min(last, run.hour - 1);
    const [waiting] = await store.readAfter(logId, recent[0]?.to ?? -1, { maxEntries: 1 });
    if (waiting) last = Math.min(last, hourOf(waiting.header.firstArrival) - 1);
  }
  return last;
}

/** The newest runs, as far back as some may not be swept: an hour that was read late has any number of them. */
async function recentRuns(store: ReadyDeps['store'], logId: string, now: number): Promise<ArchiveRun[]> {
  for (let limit = RECENT_RUNS; ; limit *= 4) {
    const runs = await store.newestRuns(logId, limit);
    const oldest = runs.at(-1);
    if (!oldest || runs.length < limit || isSettledByAge(oldest, now)) return runs;
  }
}
