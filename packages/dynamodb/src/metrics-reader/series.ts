import {
  type ActionDelta,
  type DayRow,
  DDSketch,
  emptyTotals,
  type HourRow,
  type HourSketches,
  HyperLogLog,
  mergeTotals,
  type Totals,
} from '@weir/aggregates';
import type { PlannedBucket, SeriesPlan } from './series-plan.ts';
import { type BucketTotal, summarise } from './summarise.ts';

/** Milliseconds of each row's time. */
export const INTERVAL_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** A bucket of a series. */
export interface Bucket extends BucketTotal {
  /** Epoch milliseconds. */
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** A bucket that can still be merged with others. Times are epoch milliseconds; `end` is exclusive. */
export interface MergeableBucket {
  readonly start: number;
  readonly end: number;
  readonly totals: Totals;
  /** Undefined unless both ends are whole hours of UTC; so are the values. */
  readonly users: HyperLogLog | undefined;
  readonly values: DDSketch | undefined;
}

/** Whether the row of this kind and number lacks what is to be added. */
export type IsMissing = (kind: 'hour' | 'day', bucket: number) => boolean;

/** Gathers what rows and entries add to the buckets of one series. */
export class SeriesBuilder {
  readonly #planned: readonly PlannedBucket[];
  readonly #cells = new Map<PlannedBucket, MergeableBucket>();
  /** The index of the bucket that was found last: the next time is mostly in the same one. */
  #found = 0;

  constructor({ buckets }: SeriesPlan) {
    this.#planned = buckets;
  }

  addHourRow(hour: number, row: HourRow): void {
    const start = hour * INTERVAL_MS.hour;
    const bucket = this.#bucketAt(start);
    if (bucket && start + INTERVAL_MS.hour <= bucket.end) {
      if (kindAt(bucket, start) !== 'hour') return;
      const cell = this.#cell(bucket);
      for (const totals of row.minutes.values()) mergeTotals(cell.totals, totals);
      addSketches(cell, row);
      return;
    }
    for (const [minute, totals] of row.minutes) {
      const at = start + minute * INTERVAL_MS.minute;
      const own = this.#bucketAt(at);
      if (own && kindAt(own, at) === 'hour') mergeTotals(this.#cell(own).totals, totals);
    }
  }

  addDayRow(day: number, row: DayRow): void {
    const start = day * INTERVAL_MS.day;
    const bucket = this.#bucketAt(start);
    if (!bucket || kindAt(bucket, start) !== 'day') return;
    const cell = this.#cell(bucket);
    mergeTotals(cell.totals, row.totals);
    addSketches(cell, row);
  }

  /**
   * Adds of an entry what the rows do not hold yet, each time by the row that answers for it: a fold may have written
   * some rows and not others.
   */
  addDelta(delta: ActionDelta, isMissing: IsMissing): void {
    const missingFrom = (at: number) => {
      const bucket = this.#bucketAt(at);
      const kind = bucket && kindAt(bucket, at);
      return kind && isMissing(kind, Math.floor(at / INTERVAL_MS[kind])) ? bucket : undefined;
    };
    for (const [minute, totals] of delta.minutes) {
      const bucket = missingFrom(minute * INTERVAL_MS.minute);
      if (bucket) mergeTotals(this.#cell(bucket).totals, totals);
    }
    for (const [hour, sketches] of delta.hours) {
      const bucket = missingFrom(hour * INTERVAL_MS.hour);
      if (bucket?.hasSketches) addSketches(this.#cell(bucket), sketches);
    }
  }

  /** Buckets in order of time, empty ones left out. */
  mergeable(): MergeableBucket[] {
    return [...this.#cells.values()].filter(({ totals }) => totals.count > 0).sort((a, b) => a.start - b.start);
  }

  /** The same, with their users counted and their percentiles found. */
  buckets(): Bucket[] {
    return this.mergeable().map((bucket) => ({ start: bucket.start, end: bucket.end, ...summarise(bucket) }));
  }

  /** All buckets together. It has users and percentiles if each bucket of the range has them, empty ones included. */
  total(): BucketTotal | undefined {
    const all = emptyCell({ start: 0, end: 0, hasSketches: this.#planned.every(({ hasSketches }) => hasSketches) });
    for (const cell of this.#cells.values()) {
      mergeTotals(all.totals, cell.totals);
      if (cell.users && cell.values) addSketches(all, { users: cell.users, values: cell.values });
    }
    return all.totals.count > 0 ? summarise(all) : undefined;
  }

  #bucketAt(at: number): PlannedBucket | undefined {
    const last = this.#planned[this.#found];
    if (last && at >= last.start && at < last.end) return last;
    let [low, high] = [0, this.#planned.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const { start, end } = this.#planned[middle] as PlannedBucket;
      if (at < start) high = middle - 1;
      else if (at >= end) low = middle + 1;
      else {
        this.#found = middle;
        return this.#planned[middle];
      }
    }
    return undefined;
  }

  #cell(bucket: PlannedBucket): MergeableBucket {
    let cell = this.#cells.get(bucket);
    if (!cell) {
      cell = emptyCell(bucket);
      this.#cells.set(bucket, cell);
    }
    return cell;
  }
}

/** The kind of row that answers for an instant of a bucket. */
function kindAt({ days }: PlannedBucket, at: number): 'hour' | 'day' {
  const day = Math.floor(at / INTERVAL_MS.day);
  return day >= days.from && day <= days.to ? 'day' : 'hour';
}

function emptyCell({ start, end, hasSketches }: Pick<PlannedBucket, 'start' | 'end' | 'hasSketches'>): MergeableBucket {
  return {
    start,
    end,
    totals: emptyTotals(),
    users: hasSketches ? new HyperLogLog() : undefined,
    values: hasSketches ? new DDSketch() : undefined,
  };
}

/** Rows decode their sketches when these are first read: a bucket without sketches does not read them. */
function addSketches({ users, values }: MergeableBucket, from: HourSketches): void {
  users?.merge(from.users);
  values?.merge(from.values);
}
