/** The totals of one hour of an action. */
export interface HourTotals {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/** Totals by action, then by the hour's start in epoch milliseconds. */
export type Book = ReadonlyMap<string, ReadonlyMap<number, HourTotals>>;

/** The part of an event that is counted. */
export interface CountedEvent {
  readonly action: string;
  readonly timestamp: number;
  readonly value: number;
}

/** An hour in milliseconds: buckets are hours of UTC. */
export const HOUR_MS = 3_600_000;

/** Counts events in the plain way, each of them once. */
export function bookOf(events: readonly CountedEvent[]): Book {
  const book = new Map<string, Map<number, HourTotals>>();
  for (const { action, timestamp, value } of events) {
    const hour = Math.floor(timestamp / HOUR_MS) * HOUR_MS;
    addTo(hoursOf(book, action), hour, { count: 1, sum: value, min: value, max: value });
  }
  return book;
}

/** The totals of several books together. */
export function addBooks(...books: readonly Book[]): Book {
  const sum = new Map<string, Map<number, HourTotals>>();
  for (const [action, hours] of books.flatMap((book) => [...book])) {
    for (const [hour, totals] of hours) addTo(hoursOf(sum, action), hour, totals);
  }
  return sum;
}

/** All hours of an action together; undefined if there are none. */
export function totalOf(hours: Iterable<HourTotals>): HourTotals | undefined {
  let total: HourTotals | undefined;
  for (const totals of hours) total = add(total, totals);
  return total;
}

function hoursOf(book: Map<string, Map<number, HourTotals>>, action: string): Map<number, HourTotals> {
  const hours = book.get(action) ?? new Map<number, HourTotals>();
  book.set(action, hours);
  return hours;
}

function addTo(hours: Map<number, HourTotals>, hour: number, totals: HourTotals): void {
  hours.set(hour, add(hours.get(hour), totals));
}

function add(a: HourTotals | undefined, b: HourTotals): HourTotals {
  if (a === undefined) return b;
  return { count: a.count + b.count, sum: a.sum + b.sum, min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}
