import { addValue, DDSketch, emptyTotals, HyperLogLog, hash64 } from '@weir/aggregates';
import { bucketStarts } from '@weir/calendar';
import type { CountedBucket, CountsQuery, CountsReader } from '../counts/counts-reader.ts';

const HOUR_MS = 3_600_000;
const HASH = new Uint32Array(2);

/** An event that was counted. Times are epoch milliseconds. */
export interface CountedEvent {
  readonly action: string;
  readonly at: number;
  readonly value?: number;
  readonly userId?: string;
  readonly arrival?: number;
}

/** Counts events afresh at each read; `turn` is awaited before each call. */
export class MemoryCountsReader implements CountsReader {
  readonly events: readonly CountedEvent[];
  readonly #turn: () => Promise<void>;

  constructor(events: readonly CountedEvent[] = [], turn = async () => {}) {
    this.events = events;
    this.#turn = turn;
  }

  async listActions() {
    await this.#turn();
    const byAction = Map.groupBy(this.events, ({ action }) => action);
    return [...byAction].map(([action, events]) => {
      const times = events.map(({ at }) => at);
      return { action, count: events.length, firstSeen: Math.min(...times), lastSeen: Math.max(...times) };
    });
  }

  async readBuckets({ action, from, to, interval, timeZone }: CountsQuery) {
    await this.#turn();
    const own = this.events.filter((event) => event.action === action && event.at >= from && event.at < to);
    const starts = bucketStarts({ from, to, interval, timeZone });
    const buckets = starts.map((start, index) => {
      const end = starts[index + 1] ?? to;
      return bucketOf(
        start,
        end,
        own.filter(({ at }) => at >= start && at < end),
      );
    });
    const arrivals = this.events.map(({ at, arrival = at }) => arrival);
    return {
      buckets: buckets.filter(({ totals }) => totals.count > 0),
      asOf: arrivals.length > 0 ? Math.max(...arrivals) : undefined,
    };
  }
}

function bucketOf(start: number, end: number, events: readonly CountedEvent[]): CountedBucket {
  const totals = emptyTotals();
  const users = new HyperLogLog();
  const values = new DDSketch();
  for (const { value = 0, userId = 'u' } of events) {
    addValue(totals, value);
    hash64(userId, HASH);
    users.add(HASH[0] as number, HASH[1] as number);
    values.add(value);
  }
  const isWhole = start % HOUR_MS === 0 && end % HOUR_MS === 0;
  return { start, totals, users: isWhole ? users : undefined, values: isWhole ? values : undefined };
}
