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
  totalSum,
} from '@weir/aggregates';

export type Interval = 'minute' | 'hour' | 'day';

/** Length of each interval in milliseconds; buckets are in UTC. */
export const INTERVAL_MS: Readonly<Record<Interval, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** A bucket of a series. `users` and percentiles are null in minute buckets, which have no sketches. */
export interface Bucket {
  /** Epoch milliseconds. */
  readonly start: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** Distinct users, about 2 % off. */
  readonly users: number | null;
  /** Percentiles of the values, about 2 % off. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export type BucketTotal = Omit<Bucket, 'start'>;

interface Cell {
  readonly totals: Totals;
  readonly users: HyperLogLog;
  readonly values: DDSketch;
}

/** Gathers what rows and entries add to the buckets of one series. `from` and `to` are epoch milliseconds. */
export class SeriesBuilder {
  readonly #interval: Interval;
  readonly #from: number;
  readonly #to: number;
  readonly #cells = new Map<number, Cell>();

  constructor({ interval, from, to }: { interval: Interval; from: number; to: number }) {
    this.#interval = interval;
    this.#from = from;
    this.#to = to;
  }

  addHourRow(hour: number, row: HourRow): void {
    for (const [minute, totals] of row.minutes) this.#addMinute(hour * 60 + minute, totals);
    if (this.#interval === 'hour') this.#addSketches(hour * INTERVAL_MS.hour, row);
  }

  addDayRow(day: number, row: DayRow): void {
    const start = day * INTERVAL_MS.day;
    this.#addTotals(start, row.totals);
    this.#addSketches(start, row);
  }

  /**
   * Adds an entry to the buckets of the rows that do not hold it yet: a fold may have written some rows and not others.
   */
  addDelta(delta: ActionDelta, kind: 'hour' | 'day', isMissing: (bucket: number) => boolean): void {
    const missingAt = (at: number) => isMissing(Math.floor(at / INTERVAL_MS[kind]));
    for (const [minute, totals] of delta.minutes) {
      if (missingAt(minute * INTERVAL_MS.minute)) this.#addMinute(minute, totals);
    }
    if (this.#interval === 'minute') return;
    for (const [hour, sketches] of delta.hours) {
      const start = hour * INTERVAL_MS.hour;
      if (missingAt(start)) this.#addSketches(start - (start % INTERVAL_MS[this.#interval]), sketches);
    }
  }

  /** Buckets in order of time, empty ones left out. */
  buckets(): Bucket[] {
    const withSketches = this.#interval !== 'minute';
    return [...this.#cells]
      .filter(([, { totals }]) => totals.count > 0)
      .sort(([a], [b]) => a - b)
      .map(([start, cell]) => ({ start, ...summary(cell, withSketches) }));
  }

  total(): BucketTotal | undefined {
    const all = emptyCell();
    for (const cell of this.#cells.values()) {
      mergeTotals(all.totals, cell.totals);
      all.users.merge(cell.users);
      all.values.merge(cell.values);
    }
    return all.totals.count > 0 ? summary(all, this.#interval !== 'minute') : undefined;
  }

  #addMinute(minute: number, totals: Totals): void {
    const at = minute * INTERVAL_MS.minute;
    this.#addTotals(at - (at % INTERVAL_MS[this.#interval]), totals);
  }

  #addTotals(start: number, totals: Totals): void {
    const cell = this.#cell(start);
    if (cell) mergeTotals(cell.totals, totals);
  }

  #addSketches(start: number, { users, values }: HourSketches): void {
    const cell = this.#cell(start);
    cell?.users.merge(users);
    cell?.values.merge(values);
  }

  #cell(start: number): Cell | undefined {
    if (start < this.#from || start >= this.#to) return undefined;
    let cell = this.#cells.get(start);
    if (!cell) {
      cell = emptyCell();
      this.#cells.set(start, cell);
    }
    return cell;
  }
}

function emptyCell(): Cell {
  return { totals: emptyTotals(), users: new HyperLogLog(), values: new DDSketch() };
}

function summary({ totals, users, values }: Cell, withSketches: boolean): BucketTotal {
  const { count, min, max } = totals;
  // A sketch's percentile is the middle of a bin, which may lie outside the range of the values.
  const percentile = (q: number) => {
    const found = withSketches ? values.quantile(q) : undefined;
    return found === undefined ? null : Math.min(max, Math.max(min, found));
  };
  return {
    count,
    sum: totalSum(totals),
    min,
    max,
    users: withSketches ? users.estimate() : null,
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
  };
}
