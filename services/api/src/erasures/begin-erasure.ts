import { createHash } from 'node:crypto';
import type { Erasure, ErasureStore } from '@weir/dynamodb/erasures';
import type { Logger } from '@weir/logging';
import { eraseNow, type NowPlace } from './places/now-place.ts';

/** What beginning an erasure needs. */
export interface BeginDeps {
  readonly erasures: ErasureStore;
  /** Begins a pass over the archive, unless one is under way or began just now. */
  readonly beginPass: () => Promise<void>;
  readonly places: readonly NowPlace[];
  readonly now: () => number;
  readonly newId: () => string;
  /** What arrives so shortly after the request was under way, and is erased as well. */
  readonly graceMs: number;
  readonly log: Logger;
}

/**
 * Erases a person: what can be at once, the rest by the passes that it waits for from now on. It is queued first, so that
 * what was begun goes on whatever happens to this request. Called again, it joins the erasure that has not ended.
 */
export async function beginErasure(deps: BeginDeps, userId: string): Promise<Erasure> {
  const { erasures, beginPass, places, now, newId, graceMs, log } = deps;
  const requestedAt = now();
  const id = newId();
  const start = { id, userId, userHash: userHashOf(id, userId), requestedAt, until: requestedAt + graceMs };
  const erasure = await erasures.begin(start);
  // The schedule begins one otherwise: nothing is lost.
  await beginPass().catch((error: unknown) => log.error('No pass could be begun', { error }));
  await eraseNow(erasures, places, { erasureId: erasure.id, userId, now });
  return (await erasures.find(erasure.id)) ?? erasure;
}

/** What a receipt says of a person: whoever knows the id can tell that it was theirs, and no two receipts look alike. */
export function userHashOf(erasureId: string, userId: string): string {
  return createHash('sha256').update(`${erasureId}:${userId}`).digest('hex');
}
