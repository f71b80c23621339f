import { type ActionDelta, decodeDayRow, decodeHourRow } from '@weir/aggregates';
import { BUCKET_MS, type BucketInterval, type Figures, matchesAction } from '@weir/alerts';
import type { StoredRow } from '@weir/dynamodb';
import type { Cells } from './cells.ts';
import { MinuteCells } from './minute-cells.ts';
import { WideCells } from './wide-cells.ts';

/** Of which series which buckets are needed. */
export interface SeriesNeed {
  /** An action, a prefix and `*`, or `*`. */
  readonly pattern: string;
  readonly interval: BucketInterval;
  /** Start of the earliest bucket, epoch milliseconds. */
  readonly from: number;
  /** Users and percentiles too. */
  readonly hasSketches: boolean;
}

/** An entry's part of one action. */
export interface ActionEntry {
  readonly action: string;
  readonly logId: string;
  readonly number: number;
  readonly delta: ActionDelta;
}

/**
 * The buckets of one series from a time on: what the rows hold of all actions that match, and each entry that the rows
 * do not hold, added once. A bucket that is not there is empty. Events are at most a day ahead of their arrival: buckets
 * later than that need no row.
 */
export class MergedSeries {
  readonly pattern: string;
  readonly interval: BucketInterval;
  readonly hasSketches: boolean;
  /** The rows that hold its buckets. */
  readonly kind: 'hour' | 'day';
  readonly #cells: Cells;
  readonly #rowMinutes: number;
  /** The first row, in hours or days since the epoch. */
  #from: number;
  /** Rows that hold entries which were not read yet: the last entry of each. */
  #held = new Map<string, number>();

  constructor({ pattern, interval, from, hasSketches }: SeriesNeed) {
    this.pattern = pattern;
    this.interval = interval;
    this.hasSketches = hasSketches;
    this.kind = interval === 'day' ? 'day' : 'hour';
    this.#rowMinutes = BUCKET_MS[this.kind] / BUCKET_MS.minute;
    this.#from = Math.floor(from / BUCKET_MS[this.kind]);
    this.#cells = interval === 'minute' ? new MinuteCells() : new WideCells(interval, hasSketches);
  }

  /** Whether it has all buckets that are needed. */
  covers({ from, hasSketches }: SeriesNeed): boolean {
    return from >= this.from && (this.hasSketches || !hasSketches);
  }

  matches(action: string): boolean {
    return matchesAction(this.pattern, action);
  }

  /** Epoch milliseconds. */
  get from(): number {
    return this.#from * BUCKET_MS[this.kind];
  }

  figures(start: number): Figures | undefined {
    return this.#cells.figures(start);
  }

  /** Adds a row. Entries past `watermark` follow: those that the row holds already are left out. */
  addRow({ key, upTo, body }: StoredRow, watermark: number): void {
    if (key.bucket < this.#from) return;
    if (upTo > watermark) this.#held.set(heldKey(key.subject, key.bucket, key.logId), upTo);
    if (this.kind === 'day') this.#addDay(key.bucket, body);
    else this.#addHour(key.bucket, body);
  }

  /** Adds what an entry has of an action. Call it once for each entry past the watermark. */
  addEntry(entry: ActionEntry): void {
    const { minutes, hours } = entry.delta;
    for (const [minute, totals] of minutes) {
      if (this.#lacks(entry, Math.floor(minute / this.#rowMinutes))) this.#cells.addTotals(minute, totals);
    }
    if (!this.hasSketches) return;
    const rowHours = BUCKET_MS[this.kind] / BUCKET_MS.hour;
    for (const [hour, sketches] of hours) {
      if (this.#lacks(entry, Math.floor(hour / rowHours))) this.#cells.addSketches(hour, sketches);
    }
  }

  /** Forgets which entries rows hold, once all of them were read. `heads` are the last entries that were. */
  passHeld(heads: ReadonlyMap<string, number>): void {
    for (const [key, upTo] of this.#held) {
      if (upTo <= (heads.get(key.slice(key.lastIndexOf('#') + 1)) ?? -1)) this.#held.delete(key);
    }
  }

  /** Forgets buckets before a time, epoch milliseconds. */
  dropBefore(at: number): void {
    const from = Math.floor(at / BUCKET_MS[this.kind]);
    if (from <= this.#from) return;
    this.#from = from;
    this.#cells.dropBefore(this.from);
  }

  #lacks({ action, logId, number }: ActionEntry, row: number): boolean {
    if (row < this.#from) return false;
    return this.#held.size === 0 || number > (this.#held.get(heldKey(action, row, logId)) ?? -1);
  }

  #addHour(bucket: number, body: Uint8Array): void {
    const row = decodeHourRow(body);
    for (const [minute, totals] of row.minutes) this.#cells.addTotals(bucket * this.#rowMinutes + minute, totals);
    if (this.hasSketches) this.#cells.addSketches(bucket, row);
  }

  #addDay(bucket: number, body: Uint8Array): void {
    const row = decodeDayRow(body);
    this.#cells.addTotals(bucket * this.#rowMinutes, row.totals);
    if (this.hasSketches) this.#cells.addSketches((bucket * BUCKET_MS.day) / BUCKET_MS.hour, row);
  }
}

/** Neither actions nor logs have a `#`. */
function heldKey(action: string, row: number, logId: string): string {
  return `${action}#${row}#${logId}`;
}
