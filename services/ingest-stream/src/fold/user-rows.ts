import type { UserActivity } from '@weir/aggregates';

/** The number of days that fit into a number beside 32 bits of a hash. */
const DAYS = 2 ** 21;

/**
 * Counts the rows of a user and a day that entries touch, up to a limit. Half of a user's hash stands for the user:
 * among ten thousand users, the chance that two are counted as one is 1 in 100. A fold is then due a little later.
 */
export class UserRows {
  readonly #limit: number;
  readonly #rows = new Set<number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#rows.size;
  }

  add(activity: UserActivity | undefined): void {
    if (!activity) return;
    const { hashes } = activity;
    for (let i = 0; i < hashes.length && this.#rows.size < this.#limit; i += 2) {
      const user = (hashes[i] ?? 0) * DAYS;
      for (const { day } of activity.actionsAt(i / 2)) this.#rows.add(user + day);
    }
  }

  clear(): void {
    this.#rows.clear();
  }
}
