import type { KeysStore, StoredKey } from '@weir/dynamodb/keys';
import type { Logger } from '@weir/logging';
import { withinBudget } from '../times/within-budget.ts';

/** What noting a use needs. */
export interface NoteUseDeps {
  readonly store: KeysStore;
  readonly now: () => number;
  readonly log: Logger;
  /** How far the time of last use may lag: a key is written at most so often. */
  readonly intervalMs: number;
  /** The most that a request waits for it. */
  readonly budgetMs: number;
}

/** Notes that a key was used. Never fails. */
export type NoteUse = (key: StoredKey) => Promise<void>;

/**
 * Writes the time of last use where the known one is old. It must not cost a request its answer: it is given up after
 * the budget, and tried again for a later request, but by this process not before another interval has passed.
 */
export function createNoteUse({ store, now, log, intervalMs, budgetMs }: NoteUseDeps): NoteUse {
  let triedAt = new Map<string, number>();
  return async ({ id, lastUsedAt = 0 }) => {
    const at = now();
    const last = Math.max(lastUsedAt, triedAt.get(id) ?? 0);
    if (at - last < intervalMs) return;
    // What is older says nothing any more.
    triedAt = new Map([...triedAt].filter(([, tried]) => at - tried < intervalMs)).set(id, at);
    try {
      await withinBudget(store.markUsed(id, { at, unlessAfter: at - intervalMs }), budgetMs);
    } catch (error) {
      log.warn('The last use of a key could not be noted', { keyId: id, error });
    }
  };
}
