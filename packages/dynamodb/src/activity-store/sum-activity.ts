import { type ActionSum, actionsOf, addToSum, decodeActivityRow, userHash } from '@weir/aggregates';
import type { Tail } from '../log-tails/log-tails.ts';
import type { RowStore } from '../metrics-store/metrics-store.ts';

/** Days since the epoch, both inclusive. */
export interface ActivityRange {
  readonly userId: string;
  readonly from: number;
  readonly to: number;
}

/** What was counted of one action on one day (since the epoch). */
export interface ActionDay {
  readonly day: number;
  readonly action: string;
  readonly count: number;
  readonly sum: number;
}

/** Adds up a user's rows, and the entries that the rows do not hold. Call it after the tails were read. */
export async function sumActivity(
  store: RowStore,
  tails: readonly Tail[],
  { userId, from, to }: ActivityRange,
): Promise<ActionDay[]> {
  const user = userHash(userId);
  const sums = new Sums();
  const upTo = new Map<string, number>();
  for (const { key, upTo: folded, body } of await store.queryRows({ kind: 'user', subject: user, from, to })) {
    upTo.set(`${key.bucket}#${key.logId}`, folded);
    for (const [action, sum] of decodeActivityRow(body)) sums.add(key.bucket, action, sum);
  }
  for (const { logId, watermark, number, cell } of waitingCells(tails, user)) {
    // If a log has no row of the day, it has nothing of the user up to its watermark, or this was erased.
    const folded = upTo.get(`${cell.day}#${logId}`) ?? watermark.number;
    if (cell.day >= from && cell.day <= to && number > folded) sums.add(cell.day, cell.action, cell);
  }
  return sums.inOrder();
}

function* waitingCells(tails: readonly Tail[], user: string) {
  for (const { item, entries } of tails) {
    for (const { number, entry } of entries) {
      for (const cell of entry.activity ? actionsOf(entry.activity, user) : []) yield { ...item, number, cell };
    }
  }
}

class Sums {
  readonly #days = new Map<number, Map<string, ActionSum>>();

  add(day: number, action: string, { count, sum, sumLow }: ActionSum): void {
    const actions = this.#days.get(day) ?? new Map<string, ActionSum>();
    this.#days.set(day, actions);
    const total = actions.get(action) ?? { count: 0, sum: 0, sumLow: 0 };
    actions.set(action, total);
    total.count += count;
    addToSum(total, sum, sumLow);
  }

  inOrder(): ActionDay[] {
    return [...this.#days]
      .sort(([a], [b]) => a - b)
      .flatMap(([day, actions]) =>
        [...actions]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([action, { count, sum, sumLow }]) => ({ day, action, count, sum: sum + sumLow })),
      );
  }
}
