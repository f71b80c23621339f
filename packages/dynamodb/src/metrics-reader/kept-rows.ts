import type { Tail } from '../log-tails/log-tails.ts';
import type { BucketRange, RowStore, StoredRow } from '../metrics-store/metrics-store.ts';

/** The most rows and buckets that are kept, over all actions; past this number, all of them are dropped. */
const MAX_KEPT = 8_000;

/** A row with its body decoded once. */
export interface KeptRow<Body> {
  readonly bucket: number;
  readonly logId: string;
  readonly upTo: number;
  readonly body: Body;
}

/** All rows of one bucket, and how much of each log they hold. */
export interface KeptBucket<Body> {
  readonly rows: readonly KeptRow<Body>[];
  /**
   * For each log, the last entry that the rows hold; for a log without a row, its watermark before the rows were read.
   */
  readonly upTo: ReadonlyMap<string, number>;
}

/**
 * Rows that are kept between queries. A kept bucket is valid while each tail reaches back to what its rows hold: rows
 * and tail together are then the whole log.
 */
export class KeptRows<Body> {
  readonly #store: Pick<RowStore, 'queryRows'>;
  readonly #decode: (row: StoredRow) => Body;
  #actions = new Map<string, Map<number, KeptBucket<Body>>>();
  #size = 0;

  constructor(store: Pick<RowStore, 'queryRows'>, decode: (row: StoredRow) => Body) {
    this.#store = store;
    this.#decode = decode;
  }

  forget(): void {
    this.#actions = new Map();
    this.#size = 0;
  }

  /**
   * The buckets of a range. It reads those that are not held, or no longer valid. Call it after the tails were read.
   */
  async read(range: BucketRange, tails: readonly Tail[]): Promise<Map<number, KeptBucket<Body>>> {
    const kept = this.#actions.get(range.subject) ?? new Map<number, KeptBucket<Body>>();
    const stale: number[] = [];
    for (let bucket = range.from; bucket <= range.to; bucket++) {
      if (!isGood(kept.get(bucket), tails)) stale.push(bucket);
    }
    const first = stale[0];
    const last = stale.at(-1);
    if (first === undefined || last === undefined) return kept;
    const rows = await this.#store.queryRows({ ...range, from: first, to: last });
    const fresh = this.#group(rows, { ...range, from: first, to: last }, tails);
    const buckets = new Map([...kept, ...fresh]);
    // An action without rows may be a name that a caller made up: nothing is kept for it.
    if (rows.length > 0) this.#keep(range.subject, buckets, rows.length + fresh.size);
    return buckets;
  }

  #group(rows: readonly StoredRow[], { from, to }: BucketRange, tails: readonly Tail[]) {
    const byBucket = Map.groupBy(rows, ({ key }) => key.bucket);
    const buckets = new Map<number, KeptBucket<Body>>();
    for (let bucket = from; bucket <= to; bucket++) {
      const found = byBucket.get(bucket) ?? [];
      const upTo = new Map(tails.map(({ item }) => [item.logId, item.watermark.number]));
      for (const row of found) upTo.set(row.key.logId, row.upTo);
      buckets.set(bucket, {
        upTo,
        rows: found.map((row) => ({ bucket, logId: row.key.logId, upTo: row.upTo, body: this.#decode(row) })),
      });
    }
    return buckets;
  }

  #keep(action: string, buckets: Map<number, KeptBucket<Body>>, added: number): void {
    this.#actions.delete(action);
    this.#actions.set(action, buckets);
    this.#size += added;
    if (this.#size > MAX_KEPT) this.forget();
  }
}

function isGood(bucket: KeptBucket<unknown> | undefined, tails: readonly Tail[]): boolean {
  if (!bucket) return false;
  return tails.every(({ item, base }) => (bucket.upTo.get(item.logId) ?? Number.NEGATIVE_INFINITY) >= base);
}
