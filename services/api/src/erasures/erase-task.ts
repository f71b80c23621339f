import { decodeEntryHeader } from '@weir/aggregates';
import type { Erasure } from '@weir/dynamodb/erasures';
import type { EraseDeps } from './erase-deps.ts';
import { isSettled } from './log-runs.ts';
import { eraseNow, type NowPlace } from './now-place.ts';
import { afterPass, firstStep, type PassTimes, rangeOf, type Step } from './passes.ts';
import { AREAS, hourOf, PLACE_OF_AREA, walkArea } from './walk-area.ts';

/** What the state machine hands over; the first time only the id. */
export interface EraseInput {
  readonly erasureId: string;
  readonly step?: Step;
  /** Set where the machine gives up: then the erasure is only marked. */
  readonly failure?: string;
}

/** What the state machine is told: go on at once, wait first, or end. */
export interface EraseProgress {
  readonly erasureId: string;
  readonly status: 'more' | 'wait' | 'done' | 'failed';
  readonly waitSeconds: number;
  readonly step: Step | null;
}

/** What a task needs beside what erasing works on. */
export interface EraseTaskDeps extends EraseDeps {
  /** What the request erases: erased by the first pass where the request died before it came to it. */
  readonly requested: readonly NowPlace[];
  /** Places that late records can fill again: erased at the end of each pass. */
  readonly refilled: readonly NowPlace[];
  readonly times: PassTimes;
}

/** The hour that an erasure waits for is among the newest. */
const RECENT_RUNS = 24;

type Running = Erasure & { readonly userId: string };

/** Works on an erasure until the deadline, and says how to go on. Calling it again with the same input does no harm. */
export async function eraseTask(deps: EraseTaskDeps, input: EraseInput, deadline: number): Promise<EraseProgress> {
  const { erasureId } = input;
  if (input.failure !== undefined) {
    await deps.erasures.fail(erasureId);
    return { erasureId, status: 'failed', waitSeconds: 0, step: null };
  }
  const erasure = await deps.erasures.find(erasureId);
  if (!isRunning(erasure)) return ended(erasureId);
  const step = input.step?.until === erasure.until ? input.step : firstStep(erasure.until);
  const waitMs = await waitBefore(deps, step);
  if (waitMs > 0) return { erasureId, status: 'wait', waitSeconds: Math.ceil(waitMs / 1000), step };
  const next = await work(deps, erasure, step, deadline);
  if (next) return { erasureId, status: 'more', waitSeconds: 0, step: next };
  if (await deps.erasures.finish(erasureId, { until: step.until, at: deps.now() })) return ended(erasureId);
  // It was extended meanwhile: the next call finds out by how much.
  return { erasureId, status: 'more', waitSeconds: 0, step };
}

function isRunning(erasure: Erasure | undefined): erasure is Running {
  return erasure?.status === 'running' && erasure.userId !== undefined;
}

function ended(erasureId: string): EraseProgress {
  return { erasureId, status: 'done', waitSeconds: 0, step: null };
}

/** Passes past the first wait until they are due, and until the hours concerned are in runs. */
async function waitBefore(deps: EraseTaskDeps, { pass, until, notBefore, area, after }: Step): Promise<number> {
  if (area > 0 || after !== null) return 0;
  const waitMs = notBefore - deps.now();
  if (waitMs > 0 || pass === 'now' || pass === 'orphans') return Math.max(waitMs, 0);
  return (await isRewritten(deps, hourOf(until - 1))) ? 0 : deps.times.pollMs;
}

/** Whether all that arrived up to an hour is in runs, and these are swept: if not, a whole walk would be for nothing. */
async function isRewritten({ store, now }: EraseDeps, hour: number): Promise<boolean> {
  // What arrives in it can still be appended.
  if (hourOf(now()) <= hour) return false;
  for (const { logId } of await store.list()) {
    const recent = await store.newestRuns(logId, RECENT_RUNS);
    if (recent.some((run) => run.hour === hour && !isSettled(run, now()))) return false;
    const [waiting] = await store.readAfter(logId, recent[0]?.to ?? -1, { maxEntries: 1 });
    if (waiting && hourOf(decodeEntryHeader(waiting.body).firstArrival) <= hour) return false;
  }
  return true;
}

/** The step to go on with; undefined when all passes are over. */
async function work(deps: EraseTaskDeps, erasure: Running, step: Step, deadline: number): Promise<Step | undefined> {
  const { id: erasureId, userId } = erasure;
  const area = AREAS[step.area];
  if (area === undefined) {
    await eraseNow(deps.erasures, placesAfter(deps, step, erasure), { erasureId, userId, now: deps.now });
    return afterPass(step, deps.now(), deps.times);
  }
  const person = { userId, until: step.until };
  const range = { ...rangeOf(step), after: step.after ?? undefined, deadline };
  const { isOver, after, waiting } = await walkArea(deps, { erasureId, person }, area, range);
  const all = step.waiting + waiting;
  if (!isOver) return { ...step, after: after ?? null, waiting: all };
  await deps.erasures.credit(erasureId, PLACE_OF_AREA[area], { items: 0, objects: 0, at: deps.now() });
  return { ...step, area: step.area + 1, after: null, waiting: all };
}

function placesAfter(deps: EraseTaskDeps, { pass }: Step, { places, renewedAt }: Erasure): readonly NowPlace[] {
  if (pass === 'orphans') return [];
  // What was erased before the newest request came may be there again.
  const isLeft = ({ name }: NowPlace) => (places[name]?.at ?? 0) < renewedAt;
  return [...(pass === 'now' ? deps.requested.filter(isLeft) : []), ...deps.refilled];
}
