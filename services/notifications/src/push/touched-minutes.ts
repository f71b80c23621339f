import type { StoredEntry } from '@weir/dynamodb';

/** More than that is an import, whose minutes are old. Whoever reads the metrics sees them. */
const MAX_MINUTES = 50_000;

/** The minutes of actions to which entries have added, until they are matched with subscriptions. */
export class TouchedMinutes {
  #minutes = new Map<string, Set<number>>();
  #size = 0;

  add(entries: readonly StoredEntry[]): void {
    for (const { entry } of entries) {
      for (const [action, { minutes }] of entry.delta) for (const minute of minutes.keys()) this.#add(action, minute);
    }
  }

  /** Epoch minutes. */
  of(action: string): Iterable<number> {
    return this.#minutes.get(action) ?? [];
  }

  clear(): void {
    this.#minutes = new Map();
    this.#size = 0;
  }

  #add(action: string, minute: number): void {
    const own = this.#minutes.get(action) ?? new Set();
    if (own.has(minute)) return;
    if (this.#size >= MAX_MINUTES) return;
    this.#minutes.set(action, own.add(minute));
    this.#size += 1;
  }
}
