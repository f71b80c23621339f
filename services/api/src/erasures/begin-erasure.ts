import { createHash } from 'node:crypto';
import type { Erasure, ErasureStore } from '@weir/dynamodb/erasures';
import type { Logger } from '@weir/logging';
import { eraseNow, type NowPlace } from './places/now-place.ts';

/** Dependencies of `beginErasure`. */
export interface BeginDeps {
  readonly erasures: ErasureStore;
  /** Begins a pass over the archive, unless a pass runs or began a moment ago. */
  readonly beginPass: () => Promise<void>;
  readonly places: readonly NowPlace[];
  readonly now: () => number;
  readonly newId: () => string;
  /** The erasure also covers events that arrive within this time after the request: they were on their way. */
  readonly graceMs: number;
  readonly log: Logger;
}

/**
 * Begins the erasure of a user. Some places are erased at once, the others by later passes. The erasure is queued first,
 * so it continues even if this request dies. A repeated call joins the erasure that has not ended.
 */
export async function beginErasure(deps: BeginDeps, userId: string): Promise<Erasure> {
  const { erasures, beginPass, places, now, newId, graceMs, log } = deps;
  const requestedAt = now();
  const id = newId();
  const start = { id, userId, userHash: userHashOf(id, userId), requestedAt, until: requestedAt + graceMs };
  const erasure = await erasures.begin(start);
  // If this fails, the schedule begins a pass later, so nothing is lost.
  await beginPass().catch((error: unknown) => log.error('A pass could not begin', { error }));
  await eraseNow(erasures, places, { erasureId: erasure.id, userId, now });
  return (await erasures.find(erasure.id)) ?? erasure;
}

/**
 * The hash that a receipt has of its user. With the erasure's id, a reader can check it against a known user id. Each
 * receipt has a different hash.
 */
export function userHashOf(erasureId: string, userId: string): string {
  return createHash('sha256').update(`${erasureId}:${userId}`).digest('hex');
}
