import { zoneCalendar } from '@weir/calendar';
import type { Bucket, MetricsReader, SeriesQuery } from '@weir/dynamodb';

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
      const starts = zoneCalendar(query.timeZone ?? 'UTC')?.bucketStarts(query) ?? [];
      const inside = timestamps.filter((at) => at >= query.from && at < query.to);
      const buckets: Bucket[] = starts
        .map((start, index) => ({ start, end: starts[index + 1] ?? query.to }))
        .map(({ start, end }) => ({
          start,
          end,
          count: inside.filter((at) => at >= start && at < end).length,
          ...NOTHING,
        }))
        .filter(({ count }) => count > 0);
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
