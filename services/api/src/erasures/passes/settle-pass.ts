import type { Erasure, NextStep, Pass, PassMember, PlaceCount } from '@weir/dynamodb/erasures';
import { PLACE_OF_AREA } from '../archive/walk-area.ts';
import { isUnchanged, type Running } from '../cohort/cohort.ts';
import type { EraseDeps } from '../cohort/erase-deps.ts';
import { afterStep, again, hoursOf, isLate, type StepTimes } from '../cohort/steps.ts';
import type { NowPlace } from '../places/now-place.ts';
import type { AnnounceErased } from './announce-erased.ts';

/** Dependencies of settling, beside those of erasing. */
export interface SettlePassDeps extends EraseDeps {
  /** Places that the request itself erases. The first step erases them if the request died before. */
  readonly requested: readonly NowPlace[];
  /** Places that late events can fill again. They are erased after each walk. */
  readonly refilled: readonly NowPlace[];
  /** Called before an erasure is done, while the user's id is still known. */
  readonly announceErased: AnnounceErased;
  readonly times: StepTimes;
}

/** Members that are settled at the same time. */
const CONCURRENT = 8;
/** The last attempt is more than a day after the first. After it the erasure has failed. */
const MAX_TRIES = 6;

type Counts = Record<string, PlaceCount>;

/** A pass that has walked, and its counts for one member. */
interface MemberCounts {
  readonly pass: Pass;
  readonly counts: Counts;
}

/** The result of settling. */
export interface SettleResult {
  /** False if the deadline came first. */
  readonly isOver: boolean;
  /** Number of erasures that failed. */
  readonly failed: number;
}

/**
 * Moves the members of a pass on, each by one write that also adds the walk's counts. A repeated call ignores the members
 * that are already settled.
 */
export async function settlePass(deps: SettlePassDeps, pass: Pass, deadline: number): Promise<SettleResult> {
  const members = await deps.passes.listMembers(pass);
  const erasures = await deps.erasures.findAll(members.map(({ id }) => id));
  const isSettled = ({ id }: PassMember) => (erasures.get(id)?.countedPass ?? pass.number) >= pass.number;
  const left = [...members.entries()].filter(([, member]) => !isSettled(member));
  if (left.length === 0) return { isOver: true, failed: 0 };
  const walked = await sumCounts(deps, pass);
  let failed = 0;
  for (let from = 0; from < left.length; from += CONCURRENT) {
    const some = left.slice(from, from + CONCURRENT);
    const settled = some.map(([index, member]) => settle(deps, member, { pass, counts: walked.get(index) ?? {} }));
    failed += (await Promise.all(settled)).filter((next) => next?.status === 'failed').length;
    if (deps.now() >= deadline) return { isOver: from + CONCURRENT >= left.length, failed };
  }
  return { isOver: true, failed };
}

/** The walk's counts for each member, by its index. */
async function sumCounts({ passes, now }: EraseDeps, { number }: Pass): Promise<Map<number, Counts>> {
  const sums = new Map<number, Counts>();
  for await (const { place, counts } of passes.listCounts(number)) {
    for (const [member, items] of counts) {
      const sum = sums.get(member) ?? {};
      const { items: before = 0, objects = 0 } = sum[place] ?? {};
      sum[place] = { items: before + items, objects: objects + 1, at: now() };
      sums.set(member, sum);
    }
  }
  return sums;
}

/** Settles one member, whatever changed meanwhile; undefined if the member is not moved on. */
async function settle(deps: SettlePassDeps, member: PassMember, walked: MemberCounts): Promise<NextStep | undefined> {
  const { pass } = walked;
  for (;;) {
    const erasure = await deps.erasures.find(member.id);
    if (!erasure || erasure.countedPass >= pass.number) return undefined;
    const { counts, next } = isUnchanged(erasure, member)
      ? await finish(deps, erasure, walked)
      : { counts: walked.counts, next: undefined };
    if (await deps.erasures.settle({ pass: pass.number, erasure, counts, next })) return next;
  }
}

/** Erases the places that the walk does not cover, tells of the end, and returns the next step of the erasure. */
async function finish(deps: SettlePassDeps, erasure: Running, { pass, counts: walked }: MemberCounts) {
  const { log, now, times } = deps;
  const counts = { ...lookedThrough(now()), ...walked };
  try {
    for (const { name, erase } of placesOf(deps, erasure)) {
      counts[name] = { items: (await erase(erasure.userId)).erased, objects: 0, at: now() };
    }
    const next = hasToWait(pass, erasure) ? again(erasure, now()) : afterStep(erasure, now(), times);
    if (next.status === 'done') await deps.announceErased(erasure);
    return { counts, next };
  } catch (error) {
    log.error('A place could not be erased, or nobody could be told', { erasureId: erasure.id, error });
    const tries = erasure.tries + 1;
    return { counts, next: tries < MAX_TRIES ? again(erasure, now(), tries) : ({ status: 'failed' } as const) };
  }
}

/** The places that the walk covers, whether or not it found anything. */
function lookedThrough(at: number): Counts {
  return Object.fromEntries(Object.values(PLACE_OF_AREA).map((place) => [place, { items: 0, objects: 0, at }]));
}

function placesOf({ requested, refilled }: SettlePassDeps, { step, places, renewedAt }: Erasure): readonly NowPlace[] {
  if (step === 'orphans') return [];
  // A place that was erased before the newest request may have been filled again.
  const isLeft = ({ name }: NowPlace) => (places[name]?.at ?? 0) < renewedAt;
  return [...(step === 'now' ? requested.filter(isLeft) : []), ...refilled];
}

/** Whether the walk found, in the hours of the step, an object that is not in a settled run yet. */
function hasToWait({ walked: { waitingHour } }: Pass, erasure: Running): boolean {
  if (waitingHour === undefined || !isLate(erasure.step)) return false;
  return waitingHour <= hoursOf(erasure).toHour;
}
