import { decodeLogEntry } from '@weir/aggregates';
import type { EntryWrite, Progress } from '@weir/dynamodb';
import { ActivityLedger } from './activity-ledger.ts';

/** A reader asks for the progress this often. */
const PROGRESS_KEPT_MS = 15_000;

/**
 * All commits, as a perfect observer has seen them: counts by action and minute, and the ranges of the logs' entries.
 */
export class Ledger {
  /** Count by `action/minute`. */
  readonly counts = new Map<string, number>();
  readonly activity = new ActivityLedger();
  readonly #heads = new Map<string, { number: number; end: string }>();
  readonly #watermarks = new Map<string, number>();
  #closedUpTo = 0;
  /** When the first progress was written. */
  #hasProgressSince = Number.POSITIVE_INFINITY;
  /** The latest `asOf` of an answer. */
  #asOf = 0;
  entries = 0;

  /** Called at the moment an entry is appended. */
  note(logId: string, { number, body }: EntryWrite): void {
    const { delta, activity, from, to, firstArrival } = decodeLogEntry(body);
    const head = this.#heads.get(logId) ?? { number: -1, end: '' };
    const begins = from ? `${from.sequenceNumber}:${from.index}` : '';
    if (number !== head.number + 1) throw new Error(`entry ${number} of ${logId} follows ${head.number}`);
    if (begins !== head.end) throw new Error(`entry ${number} of ${logId} begins at ${begins}, not at ${head.end}`);
    const promised = Math.max(this.#closedUpTo, this.#asOf);
    if (firstArrival < promised) {
      throw new Error(`entry ${number} of ${logId} has an arrival ${promised - firstArrival} ms too old`);
    }
    this.#heads.set(logId, { number, end: `${to.sequenceNumber}:${to.index}` });
    this.entries++;
    this.activity.note(activity);
    for (const [action, { minutes }] of delta) {
      for (const [minute, { count }] of minutes) {
        const key = `${action}/${minute}`;
        this.counts.set(key, (this.counts.get(key) ?? 0) + count);
      }
    }
  }

  /** Called whenever a fold has raised a watermark. */
  noteWatermark(logId: string, number: number): void {
    const before = this.#watermarks.get(logId) ?? -1;
    if (number < before) throw new Error(`the watermark of ${logId} went from ${before} down to ${number}`);
    this.#watermarks.set(logId, number);
  }

  /** Called whenever a sweep has written how far the stream is counted. */
  noteProgress({ closedUpTo }: Progress, now: number): void {
    this.#hasProgressSince = Math.min(this.#hasProgressSince, now);
    if (closedUpTo <= this.#closedUpTo) throw new Error(`the progress went from ${this.#closedUpTo} to ${closedUpTo}`);
    this.#closedUpTo = closedUpTo;
  }

  /** Called with what an answer says. Before a reader knows of the progress, it knows nothing of shards without a log. */
  noteAsOf(asOf: number | undefined, askedAt: number): void {
    if (askedAt - this.#hasProgressSince > PROGRESS_KEPT_MS) this.#asOf = Math.max(this.#asOf, asOf ?? 0);
  }

  /** Counts of all time by action. */
  totals(): Map<string, number> {
    const totals = new Map<string, number>();
    for (const [key, count] of this.counts) {
      const action = key.slice(0, key.lastIndexOf('/'));
      totals.set(action, (totals.get(action) ?? 0) + count);
    }
    return totals;
  }

  /** Counts of one action by start of bucket, epoch milliseconds. What is in no bucket is left out. */
  series(action: string, startOf: (at: number) => number | undefined): Map<number, number> {
    const series = new Map<number, number>();
    for (const [key, count] of this.counts) {
      const cut = key.lastIndexOf('/');
      if (key.slice(0, cut) !== action) continue;
      const start = startOf(Number(key.slice(cut + 1)) * 60_000);
      if (start !== undefined) series.set(start, (series.get(start) ?? 0) + count);
    }
    return series;
  }
}
