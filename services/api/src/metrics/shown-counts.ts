import type { Series, SeriesQuery } from '@weir/dynamodb';

/** The most numbers that are kept for comparison: 1.6 MB. */
const MAX_NUMBERS = 200_000;
/** Of each bucket: its start, its end and its count. */
const NUMBERS_OF_A_BUCKET = 3;

/** An answer to a query, and the time when its read began (epoch milliseconds). */
export interface ReadSeries {
  readonly query: SeriesQuery;
  readonly series: Series;
  readonly readAt: number;
}

interface Shown {
  readonly shownAt: number;
  /** The start, the end and the count of each bucket, in order of time, one after the other. */
  readonly buckets: Float64Array;
}

/**
 * The counts that this process has shown to its callers, kept as long as a cache may have an older answer. Afterwards no
 * time is shown with a smaller count: whatever the intervals and zones, buckets in a row count at least what was shown of
 * the buckets inside them.
 */
export class ShownCounts {
  readonly #ttlMs: number;
  readonly #maxNumbers: number;
  /** By action and query, in the order in which they were shown. */
  readonly #shown = new Map<string, Map<string, Shown>>();
  #numbers = 0;
  /** Answers that were read before this time must not be shown: the counts to compare them with were removed. */
  #floor = Number.NEGATIVE_INFINITY;

  /** `ttlMs` is the longest time for which a cache keeps an answer. */
  constructor({ ttlMs, maxNumbers = MAX_NUMBERS }: { ttlMs: number; maxNumbers?: number }) {
    this.#ttlMs = ttlMs;
    this.#maxNumbers = maxNumbers;
  }

  /** Whether an answer counts less, in some buckets in a row, than was shown of the buckets inside them. */
  isBehind({ query, series, readAt }: ReadSeries): boolean {
    if (readAt < this.#floor) return true;
    const runs = runsOf(query, series);
    for (const shown of this.#shown.get(query.action)?.values() ?? []) if (countsLess(runs, shown.buckets)) return true;
    return false;
  }

  /** Stores the counts that are shown now. */
  add({ query, series }: ReadSeries, now: number): void {
    const buckets = numbersOf(series);
    this.#remove(query.action, keyOf(query));
    const queries = this.#shown.get(query.action) ?? new Map<string, Shown>();
    this.#shown.delete(query.action);
    this.#shown.set(query.action, queries.set(keyOf(query), { shownAt: now, buckets }));
    this.#numbers += buckets.length + 1;
    this.#forget(now);
  }

  #remove(action: string, key: string): Shown | undefined {
    const queries = this.#shown.get(action);
    const shown = queries?.get(key);
    if (!queries || !shown) return undefined;
    queries.delete(key);
    if (queries.size === 0) this.#shown.delete(action);
    this.#numbers -= shown.buckets.length + 1;
    return shown;
  }

  /** Removes counts that are older than any cached answer, and above the limit also the oldest others. */
  #forget(now: number): void {
    for (const [action, queries] of this.#shown) {
      for (const [key, { shownAt }] of queries) {
        const isOver = shownAt < now - this.#ttlMs;
        if (!isOver && this.#numbers <= this.#maxNumbers) break;
        this.#remove(action, key);
        if (!isOver) this.#floor = Math.max(this.#floor, shownAt);
      }
    }
  }
}

function numbersOf({ buckets }: Series): Float64Array {
  return Float64Array.from(buckets.flatMap(({ start, end, count }) => [start, end, count]));
}

/** An end of a bucket, and how much the answer counts before it. */
interface Cut {
  readonly at: number;
  readonly before: number;
}

/** The ends of an answer's buckets, in order. Between two buckets and at the ends of the range, nothing was counted. */
function runsOf({ from, to }: SeriesQuery, { buckets }: Series): Cut[] {
  const cuts: Cut[] = [{ at: from, before: 0 }];
  let before = 0;
  for (const { start, end, count } of buckets) {
    cuts.push({ at: start, before }, { at: end, before: before + count });
    before += count;
  }
  return [...cuts, { at: to, before }];
}

/**
 * Whether there are two cuts between which the answer counts less than the shown buckets that lie between them. For each
 * cut as the second one, the best first cut is that of which most was shown past it, compared with what is counted.
 */
function countsLess(cuts: readonly Cut[], shown: Float64Array): boolean {
  const begun = { next: 0, count: 0 };
  const ended = { next: 0, count: 0 };
  let best = Number.POSITIVE_INFINITY;
  for (const { at, before } of cuts) {
    while (ended.next < shown.length && (shown[ended.next + 1] as number) <= at) take(ended, shown);
    if (ended.count - before > best) return true;
    while (begun.next < shown.length && (shown[begun.next] as number) < at) take(begun, shown);
    best = Math.min(best, begun.count - before);
  }
  return false;
}

function take(sum: { next: number; count: number }, shown: Float64Array): void {
  sum.count += shown[sum.next + 2] as number;
  sum.next += NUMBERS_OF_A_BUCKET;
}

function keyOf({ interval, timeZone = 'UTC', from, to }: SeriesQuery): string {
  return `${interval}:${timeZone}:${from}:${to}`;
}
