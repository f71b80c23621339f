import { INTERVAL_MS, type Series, type SeriesQuery } from '@weir/dynamodb';

/** The most counts that are kept for comparison: some 3 MB. */
const MAX_POINTS = 200_000;

/** An answer to a query, and the time when its read began (epoch milliseconds). */
export interface ReadSeries {
  readonly query: SeriesQuery;
  readonly series: Series;
  readonly readAt: number;
}

interface Shown {
  readonly query: SeriesQuery;
  readonly shownAt: number;
  /** The start and the count of each bucket, in alternation. */
  readonly points: Float64Array;
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly width: number;
}

/**
 * The counts that this process has shown to its callers, kept as long as a cache may have an older answer. Afterwards no
 * bucket is shown with a smaller count: neither the same bucket in another range, nor the sum of the narrower buckets in
 * it.
 */
export class ShownCounts {
  readonly #ttlMs: number;
  readonly #maxPoints: number;
  /** By action and query, in the order in which they were shown. */
  readonly #shown = new Map<string, Map<string, Shown>>();
  #points = 0;
  /** Answers that were read before this time must not be shown: the counts to compare them with were removed. */
  #floor = Number.NEGATIVE_INFINITY;

  /** `ttlMs` is the longest time for which a cache keeps an answer. */
  constructor({ ttlMs, maxPoints = MAX_POINTS }: { ttlMs: number; maxPoints?: number }) {
    this.#ttlMs = ttlMs;
    this.#maxPoints = maxPoints;
  }

  /** Whether an answer has a smaller count in some bucket than was shown. */
  isBehind({ query, series, readAt }: ReadSeries): boolean {
    if (readAt < this.#floor) return true;
    const points = pointsOf(series);
    for (const shown of this.#shown.get(query.action)?.values() ?? []) {
      if (isLess(points, shown.points, commonRange(query, shown.query))) return true;
    }
    return false;
  }

  /** Stores the counts that are shown now. */
  add({ query, series }: ReadSeries, now: number): void {
    const points = pointsOf(series);
    this.#remove(query.action, keyOf(query));
    const queries = this.#shown.get(query.action) ?? new Map<string, Shown>();
    this.#shown.delete(query.action);
    this.#shown.set(query.action, queries.set(keyOf(query), { query, shownAt: now, points }));
    this.#points += points.length + 1;
    this.#forget(now);
  }

  #remove(action: string, key: string): Shown | undefined {
    const queries = this.#shown.get(action);
    const shown = queries?.get(key);
    if (!queries || !shown) return undefined;
    queries.delete(key);
    if (queries.size === 0) this.#shown.delete(action);
    this.#points -= shown.points.length + 1;
    return shown;
  }

  /** Removes counts that are older than any cached answer, and above the limit also the oldest others. */
  #forget(now: number): void {
    for (const [action, queries] of this.#shown) {
      for (const [key, { shownAt }] of queries) {
        const isOver = shownAt < now - this.#ttlMs;
        if (!isOver && this.#points <= this.#maxPoints) break;
        this.#remove(action, key);
        if (!isOver) this.#floor = Math.max(this.#floor, shownAt);
      }
    }
  }
}

function pointsOf({ buckets }: Series): Float64Array {
  return Float64Array.from(buckets.flatMap(({ start, count }) => [start, count]));
}

function isLess(points: Float64Array, shown: Float64Array, range: Range): boolean {
  if (range.from >= range.to) return false;
  const counts = countsIn(points, range);
  for (const [bucket, count] of countsIn(shown, range)) {
    if ((counts.get(bucket) ?? 0) < count) return true;
  }
  return false;
}

function countsIn(points: Float64Array, { from, to, width }: Range): Map<number, number> {
  const counts = new Map<number, number>();
  for (let at = 0; at < points.length; at += 2) {
    const start = points[at] ?? 0;
    if (start < from || start >= to) continue;
    const bucket = Math.floor(start / width);
    counts.set(bucket, (counts.get(bucket) ?? 0) + (points[at + 1] ?? 0));
  }
  return counts;
}

/** The range of buckets that both queries cover. */
function commonRange(one: SeriesQuery, other: SeriesQuery): Range {
  const width = Math.max(INTERVAL_MS[one.interval], INTERVAL_MS[other.interval]);
  const from = Math.ceil(Math.max(one.from, other.from) / width) * width;
  const to = Math.floor(Math.min(one.to, other.to) / width) * width;
  return { from, to, width };
}

function keyOf({ interval, from, to }: SeriesQuery): string {
  return `${interval}:${from}:${to}`;
}
