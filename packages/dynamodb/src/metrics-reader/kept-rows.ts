import type { Tail } from '../log-tails/log-tails.ts';
import { decodeRow } from '../metrics-store/decode-row.ts';
import type { RowStore, StoredRow } from '../metrics-store/metrics-store.ts';
import { mapSome } from '../table/batches.ts';
import type { RowRun } from './series-plan.ts';

/** What a busy hour or day takes in memory, beside the bodies of its rows, which are held until their sketches are read. */
const BUCKET_BYTES = 16 * 1024;
/** Rows that are asked for at once: some 2 MB. */
const ROWS_AT_ONCE = 2_000;

/** All rows of one hour or day as one, and how much of each log they hold. */
export interface KeptBucket<Body> {
  /** Undefined if there is no row. */
  readonly body: Body | undefined;
  /**
   * For each log, the last entry that its row holds; for a log without a row, its watermark before the rows were read.
   */
  readonly upTo: ReadonlyMap<string, number>;
  /** What it takes in memory, by an estimate. */
  readonly bytes: number;
}

/** Rows of one kind, and how they are read. */
export interface RowReading<Body> {
  readonly kind: 'hour' | 'day';
  readonly decode: (body: Uint8Array) => Body;
  /** Makes one body of those of several logs, which are not used again. */
  readonly merge: (bodies: readonly Body[]) => Body;
  /** The most that is kept, over all actions. */
  readonly maxBytes: number;
}

/** Rows to read: runs of hours or days of one action. */
export interface RunsQuery {
  readonly action: string;
  readonly runs: readonly RowRun[];
}

type Buckets<Body> = Map<number, KeptBucket<Body>>;

/** What is kept of one action. */
interface KeptAction<Body> {
  readonly buckets: Buckets<Body>;
  bytes: number;
}

/**
 * Rows that are kept between queries. A kept bucket is valid while each tail reaches back to what its rows hold: rows
 * and tail together are then the whole log. Past the limit, the rows of the actions that were not asked for the longest
 * time are dropped.
 */
export class KeptRows<Body> {
  readonly #store: Pick<RowStore, 'queryRows'>;
  readonly #reading: RowReading<Body>;
  /** The action that was asked for last is the last. */
  #actions = new Map<string, KeptAction<Body>>();
  #bytes = 0;

  constructor(store: Pick<RowStore, 'queryRows'>, reading: RowReading<Body>) {
    this.#store = store;
    this.#reading = reading;
  }

  forget(): void {
    this.#actions = new Map();
    this.#bytes = 0;
  }

  /**
   * The buckets of the runs. It reads those that are not held, or no longer valid. Call it after the tails were read.
   */
  async read({ action, runs }: RunsQuery, tails: readonly Tail[]): Promise<ReadonlyMap<number, KeptBucket<Body>>> {
    const kept = this.#actions.get(action)?.buckets;
    const found: Buckets<Body> = new Map();
    for (const bucket of bucketsOf(runs)) {
      const held = kept?.get(bucket);
      if (held && isGood(held, tails)) found.set(bucket, held);
    }
    const stale = partsOf(runs, found, Math.ceil(ROWS_AT_ONCE / Math.max(1, tails.length)));
    const fresh = await mapSome(stale, (run) => this.#query(action, run, tails));
    for (const [bucket, read] of fresh.flatMap((buckets) => [...buckets])) found.set(bucket, read);
    this.#keep(action, found);
    return found;
  }

  async #query(subject: string, run: RowRun, tails: readonly Tail[]): Promise<Buckets<Body>> {
    const rows = await this.#store.queryRows({ kind: this.#reading.kind, subject, ...run });
    const byBucket = Map.groupBy(rows, ({ key }) => key.bucket);
    const buckets: Buckets<Body> = new Map();
    for (const bucket of bucketsOf([run])) buckets.set(bucket, this.#join(byBucket.get(bucket) ?? [], tails));
    return buckets;
  }

  #join(rows: readonly StoredRow[], tails: readonly Tail[]): KeptBucket<Body> {
    const { decode, merge } = this.#reading;
    const upTo = new Map(tails.map(({ item }) => [item.logId, item.watermark.number]));
    for (const row of rows) upTo.set(row.key.logId, row.upTo);
    const [first, ...others] = rows.map((row) => decodeRow(row, decode));
    const bytes = rows.reduce((sum, { body }) => sum + body.length, BUCKET_BYTES);
    return { upTo, bytes, body: first && others.length > 0 ? merge([first, ...others]) : first };
  }

  /** Keeps an action's buckets, as the newest. They replace those that are no longer valid. */
  #keep(action: string, found: Buckets<Body>): void {
    const before = this.#actions.get(action);
    // An action without rows may be a name that a caller made up: nothing is kept for it.
    if (!before && [...found.values()].every(({ body }) => body === undefined)) return;
    this.#drop(action);
    const together = withBuckets(before ?? { buckets: new Map(), bytes: 0 }, found);
    const { maxBytes } = this.#reading;
    const kept = together.bytes > maxBytes ? withBuckets({ buckets: new Map(), bytes: 0 }, found) : together;
    if (kept.bytes > maxBytes) return;
    this.#actions.set(action, kept);
    this.#bytes += kept.bytes;
    for (const oldest of this.#actions.keys()) {
      if (this.#bytes <= maxBytes) break;
      this.#drop(oldest);
    }
  }

  #drop(action: string): void {
    this.#bytes -= this.#actions.get(action)?.bytes ?? 0;
    this.#actions.delete(action);
  }
}

/** Adds buckets in place: there may be thousands. */
function withBuckets<Body>(kept: KeptAction<Body>, found: Buckets<Body>): KeptAction<Body> {
  for (const [number, bucket] of found) {
    kept.bytes += bucket.bytes - (kept.buckets.get(number)?.bytes ?? 0);
    kept.buckets.set(number, bucket);
  }
  return kept;
}

function* bucketsOf(runs: readonly RowRun[]): Generator<number> {
  for (const { from, to } of runs) for (let bucket = from; bucket <= to; bucket++) yield bucket;
}

/** Of each run the part from the first to the last bucket that is not there, in parts of at most `most` buckets. */
function partsOf(runs: readonly RowRun[], there: ReadonlyMap<number, unknown>, most: number): RowRun[] {
  const parts: RowRun[] = [];
  for (const run of runs) {
    let { from, to } = run;
    while (from <= to && there.has(from)) from++;
    while (to >= from && there.has(to)) to--;
    for (; from <= to; from += most) parts.push({ from, to: Math.min(to, from + most - 1) });
  }
  return parts;
}

function isGood(bucket: KeptBucket<unknown>, tails: readonly Tail[]): boolean {
  return tails.every(({ item, base }) => (bucket.upTo.get(item.logId) ?? Number.NEGATIVE_INFINITY) >= base);
}
