import type { BucketInterval } from '@weir/alerts';
import { type CountsStore, MergedCounts } from '../counts/merged-counts.ts';
import type { SeriesNeed } from '../counts/merged-series.ts';
import { type LiveRow, liveRow } from '../live/live-row.ts';
import { liveWindow } from '../live/live-window.ts';
import type { Subscriber } from './subscribers.ts';
import type { WaitingBucket } from './waiting-rows.ts';

/**
 * The counts of all series that clients see, kept between batches, apart from those of the rules: what clients want must
 * not hold up a rule. An action that nobody sends costs no read, however many clients want it.
 */
export class LiveCounts {
  readonly #counts: MergedCounts;
  readonly #now: () => number;
  /** By interval and action. */
  #series = new Map<string, SeriesNeed>();

  constructor(store: CountsStore, now: () => number) {
    this.#counts = new MergedCounts({ store, now });
    this.#now = now;
  }

  /** Reads what is new of the series of these buckets, and of those that clients see and that were read before. */
  async refresh(subscribers: Iterable<Subscriber>, buckets: Iterable<WaitingBucket>): Promise<void> {
    const keys = new Set(this.#series.keys());
    for (const { interval, action } of buckets) keys.add(keyOf(interval, action));
    const series = new Map<string, SeriesNeed>();
    for (const [, subscriptions] of subscribers) {
      for (const { actions, interval } of subscriptions) {
        const { first: from } = liveWindow(interval, this.#now());
        for (const pattern of actions) {
          const key = keyOf(interval, pattern);
          if (keys.has(key)) series.set(key, { pattern, interval, from, hasSketches: interval !== 'minute' });
        }
      }
    }
    await this.#counts.refresh([...series.values()]);
    this.#series = series;
  }

  /** The row of a bucket; undefined if no client sees it any more. */
  row({ action, interval, start }: WaitingBucket): LiveRow | undefined {
    const series = this.#series.get(keyOf(interval, action));
    if (!series || start < series.from) return undefined;
    const figures = this.#counts.figures(series, start);
    return figures.count > 0 ? liveRow(action, start, figures) : undefined;
  }
}

function keyOf(interval: BucketInterval, action: string): string {
  return `${interval}#${action}`;
}
