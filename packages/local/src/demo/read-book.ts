import type { ApiClient } from '../api-client/api-client.ts';
import { mapConcurrently } from '../api-client/map-concurrently.ts';
import { type Book, HOUR_MS, type HourTotals } from './book.ts';

/** The API answers at most 1,500 buckets a query. */
const MAX_BUCKETS_PER_QUERY = 1_500;

/** Enough to keep the functions busy; more would only start more instances of them. */
const QUERIES_AT_ONCE = 4;

/** Epoch milliseconds, `from` inclusive and `to` exclusive. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Reads every hour of the range for the actions, in as many queries as the API's limit requires. */
export async function readBook(api: ApiClient, actions: readonly string[], range: TimeRange): Promise<Book> {
  const queries = actions.flatMap((action) => splitRange(range).map((part) => ({ action, ...part })));
  const answers = await mapConcurrently(queries, QUERIES_AT_ONCE, (query) =>
    api.metrics({ ...query, interval: 'hour' }),
  );
  const book = new Map<string, Map<number, HourTotals>>();
  for (const [index, { action }] of queries.entries()) {
    const hours = book.get(action) ?? new Map<number, HourTotals>();
    book.set(action, hours);
    for (const { start, count, sum, min, max } of answers[index]?.series ?? []) {
      hours.set(Date.parse(start), { count, sum, min, max });
    }
  }
  return book;
}

/** The range in whole hours, divided where a query would hold too many of them. */
export function splitRange({ from, to }: TimeRange): TimeRange[] {
  const parts: TimeRange[] = [];
  const end = Math.ceil(to / HOUR_MS) * HOUR_MS;
  for (let start = Math.floor(from / HOUR_MS) * HOUR_MS; start < end; start += MAX_BUCKETS_PER_QUERY * HOUR_MS) {
    parts.push({ from: start, to: Math.min(end, start + MAX_BUCKETS_PER_QUERY * HOUR_MS) });
  }
  return parts;
}
