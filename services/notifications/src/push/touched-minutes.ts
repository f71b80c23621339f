import { BUCKET_MS } from '@weir/alerts';
import type { StoredEntry } from '@weir/dynamodb';
import { liveWindow } from '../live/live-window.ts';

/** More than that is an import, whose minutes are old. Whoever reads the metrics sees them. */
const MAX_MINUTES = 50_000;

/** The minutes of actions to which entries have added, until they are matched with subscriptions. */
export class TouchedMinutes {
  #minutes = new Map<string, Set<number>>();
  #size = 0;

  /** `now` is epoch milliseconds: what clients see of single minutes is noted whatever an import adds to. */
  add(entries: readonly StoredEntry[], now: number): void {
    const firstLive = liveWindow('minute', now).first / BUCKET_MS.minute;
    for (const { entry } of entries) {
      for (const [action, { minutes }] of entry.delta) {
        for (const minute of minutes.keys()) {
          if (minute >= firstLive || this.#size < MAX_MINUTES) this.#add(action, minute);
        }
      }
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
    this.#minutes.set(action, own.add(minute));
    this.#size += 1;
  }
}
