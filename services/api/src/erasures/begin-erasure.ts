import { createHash } from 'node:crypto';
import type { Erasure, ErasureStore } from '@weir/dynamodb/erasures';
import { eraseNow, type NowPlace } from './now-place.ts';

/** The state machine that goes on with what a request began. */
export interface ErasureMachine {
  /** Starts an execution of that name unless there is one; `ended` when there was one and it is over. */
  start(name: string, erasureId: string): Promise<'running' | 'ended'>;
}

/** What beginning an erasure needs. */
export interface BeginDeps {
  readonly erasures: ErasureStore;
  readonly machine: ErasureMachine;
  readonly places: readonly NowPlace[];
  readonly now: () => number;
  readonly newId: () => string;
  /** What arrives so shortly after the request was under way, and is erased as well. */
  readonly graceMs: number;
}

/** Each is one execution more that somebody ended by hand, in the moment between two calls. */
const MAX_STARTS = 5;

/**
 * Erases a person: what can be at once, the rest by the state machine. The machine is started first, so that what was
 * begun goes on whatever happens to this request. Called again, it joins the erasure that has not ended.
 */
export async function beginErasure(deps: BeginDeps, userId: string): Promise<Erasure> {
  const { erasures, places, now, newId, graceMs } = deps;
  const requestedAt = now();
  const id = newId();
  const start = { id, userId, userHash: userHashOf(id, userId), requestedAt, until: requestedAt + graceMs };
  const erasure = await startMachine(deps, await erasures.begin(start));
  await eraseNow(erasures, places, { erasureId: erasure.id, userId, now });
  return (await erasures.find(erasure.id)) ?? erasure;
}

/** What a receipt says of a person: whoever knows the id can tell that it was theirs, and no two receipts look alike. */
export function userHashOf(erasureId: string, userId: string): string {
  return createHash('sha256').update(`${erasureId}:${userId}`).digest('hex');
}

/** An execution that ended without ending the erasure is followed by another one. */
async function startMachine({ erasures, machine }: BeginDeps, begun: Erasure): Promise<Erasure> {
  let erasure = begun;
  for (let i = 0; i < MAX_STARTS && erasure.status === 'running'; i++) {
    const name = erasure.attempt === 0 ? erasure.id : `${erasure.id}-${erasure.attempt}`;
    if ((await machine.start(name, erasure.id)) === 'running') return erasure;
    await erasures.restart(erasure.id, erasure.attempt + 1);
    erasure = (await erasures.find(erasure.id)) ?? erasure;
  }
  if (erasure.status === 'done') return erasure;
  throw new Error(`no execution of erasure ${erasure.id} stays`);
}
