import { type Bucket, INTERVAL_MS, type MetricsReader, type SeriesQuery } from '@weir/dynamodb';

/** A reader of events that a test adds one by one. It records its calls. */
export interface CountingReader extends MetricsReader {
  readonly queries: SeriesQuery[];
  lists: number;
  /** The number of checks against the log. */
  rechecks: number;
  /** Adds an event of the action `a`. */
  add(timestamp: number): void;
}

const NOTHING = { sum: 0, min: 0, max: 0, users: null, p50: null, p95: null, p99: null };

/** Makes a reader without events. `asOf` is the number of events. */
export function createCountingReader(): CountingReader {
  const timestamps: number[] = [];
  return {
    queries: [],
    lists: 0,
    rechecks: 0,
    add: (timestamp) => void timestamps.push(timestamp),
    async readSeries(query) {
      this.queries.push(query);
      const width = INTERVAL_MS[query.interval];
      const inside = timestamps.filter((at) => at >= query.from && at < query.to);
      const byStart = Map.groupBy(inside, (at) => Math.floor(at / width) * width);
      const buckets: Bucket[] = [...byStart]
        .sort(([a], [b]) => a - b)
        .map(([start, all]) => ({ start, count: all.length, ...NOTHING }));
      const total = inside.length > 0 ? { count: inside.length, ...NOTHING } : undefined;
      return { buckets, total, asOf: timestamps.length, heads: { log: timestamps.length } };
    },
    async recheck({ from, to }, { log = 0 }) {
      this.rechecks += 1;
      if (timestamps.slice(log).some((at) => at >= from && at < to)) return undefined;
      return { asOf: timestamps.length, heads: { log: timestamps.length } };
    },
    async listActions() {
      this.lists += 1;
      return [{ action: 'a', count: timestamps.length, firstSeen: 0, lastSeen: 0 }];
    },
  };
}
