import type { KeysStore, StoredKey } from '@weir/dynamodb/keys';
import type { Logger } from '@weir/logging';
import { withinBudget } from '../times/within-budget.ts';

/** Dependencies of `createNoteUse`. */
export interface NoteUseDeps {
  readonly store: KeysStore;
  readonly now: () => number;
  readonly log: Logger;
  /** The largest delay of the time of last use: a key is written at most once in this interval. */
  readonly intervalMs: number;
  /** How long a request waits for the write. */
  readonly budgetMs: number;
}

/** Notes the use of a key. It never fails. */
export type NoteUse = (key: StoredKey) => Promise<void>;

/**
 * Writes the time of last use if the stored one is old. It must not cost a request its answer: the request stops waiting
 * after the budget. A later request tries again, but in this process not before another interval has passed.
 */
export function createNoteUse({ store, now, log, intervalMs, budgetMs }: NoteUseDeps): NoteUse {
  let triedAt = new Map<string, number>();
  return async ({ id, lastUsedAt = 0 }) => {
    const at = now();
    const last = Math.max(lastUsedAt, triedAt.get(id) ?? 0);
    if (at - last < intervalMs) return;
    // Older times are not needed any more.
    triedAt = new Map([...triedAt].filter(([, tried]) => at - tried < intervalMs)).set(id, at);
    try {
      await withinBudget(store.markUsed(id, { at, unlessAfter: at - intervalMs }), budgetMs);
    } catch (error) {
      log.warn('The last use of a key could not be noted', { keyId: id, error });
    }
  };
}
