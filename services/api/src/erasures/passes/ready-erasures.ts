import { runsBackTo } from '@weir/dynamodb';
import type { PassMember, WaitingErasure } from '@weir/dynamodb/erasures';
import { isSettled, isSettledByAge } from '../archive/log-runs.ts';
import type { EraseDeps } from '../cohort/erase-deps.ts';
import { hourOf, isLate } from '../cohort/steps.ts';

type ReadyDeps = Pick<EraseDeps, 'erasures' | 'store' | 'now'>;

/**
 * The most members of a pass. More erasures wait for the next pass: ids are held in memory, and each member takes a
 * write.
 */
export const MAX_MEMBERS = 10_000;

/** The erasures whose step a pass may take, the oldest first. */
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

/** Whether a new pass would have a member. */
export async function isAnyReady(deps: ReadyDeps): Promise<boolean> {
  for await (const _ of readyErasures(deps)) return true;
  return false;
}

/**
 * The last hour for which all events that arrived by its end are in runs, and the sweep has searched these runs' hours
 * for orphans.
 */
async function lastRewrittenHour({ store, now }: Pick<ReadyDeps, 'store' | 'now'>): Promise<number> {
  // Events that arrive in the present hour can still be appended.
  let last = hourOf(now()) - 1;
  for (const { logId } of await store.list()) {
    // All runs that may not be settled: an hour with late events has any number of runs.
    const recent = await runsBackTo(store, logId, (run) => isSettledByAge(run, now()));
    for (const run of recent) if (!isSettled(run, now())) last = Math.min(last, run.hour - 1);
    const [waiting] = await store.readAfter(logId, recent[0]?.to ?? -1, { maxEntries: 1 });
    if (waiting) last = Math.min(last, hourOf(waiting.header.firstArrival) - 1);
  }
  return last;
}
