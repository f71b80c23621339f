import { BUCKET_MS, type BucketInterval, type Figures, NO_FIGURES } from '@weir/alerts';
import { countedUpTo, type LogItem, type LogStore, type RowStore } from '@weir/dynamodb';
import { EndedLogs } from './ended-logs.ts';
import { loadRows } from './load-rows.ts';
import { MergedSeries, type SeriesNeed } from './merged-series.ts';
import { hasGap, headOf, type ReadLog, readLogs } from './read-logs.ts';

/** Nothing is kept over a longer sleep: reading rows again is less work than all entries since. */
const MAX_SLEEP_MS = 900_000;
/** Buckets that are kept before the earliest one that is needed: a batch may be older than the one before it. */
const KEPT_MS = BUCKET_MS.day;
/** Is dropped at a time. */
const DROPPED_MS = BUCKET_MS.hour;
/** What is read before the earliest bucket that is needed, for the same reason. */
const READ_BEFORE_MS = BUCKET_MS.hour;

/** What it calls: queries, each of them. */
export type CountsStore = Pick<LogStore, 'list' | 'readAfter'> & Pick<RowStore, 'queryRows' | 'listAllTime'>;

export interface MergedCountsDeps {
  readonly store: CountsStore;
  readonly now: () => number;
}

/** A log's last entry that was added. */
interface LogPosition {
  readonly item: LogItem;
  readonly number: number;
  readonly lastArrival: number | undefined;
}

/**
 * The buckets of all series that rules look at, kept between batches. Each refresh reads the logs' items, and the new
 * entries of each log that has not ended, and adds each entry once. Rows are only read for a series that is new.
 */
export class MergedCounts {
  readonly #store: CountsStore;
  readonly #now: () => number;
  #series = new Map<string, MergedSeries>();
  #byAction = new Map<string, readonly MergedSeries[]>();
  #positions = new Map<string, LogPosition>();
  #ended = new EndedLogs();
  #usedAt = Number.NEGATIVE_INFINITY;

  constructor({ store, now }: MergedCountsDeps) {
    this.#store = store;
    this.#now = now;
  }

  /** Reads what is new. Afterwards exactly the series that are needed are kept, and hold all that was counted. */
  async refresh(needs: readonly SeriesNeed[]): Promise<void> {
    const startedAt = this.#now();
    if (startedAt - this.#usedAt > MAX_SLEEP_MS) this.#forget();
    try {
      if (!(await this.#extend(needs, startedAt))) {
        this.#forget();
        await this.#extend(needs, startedAt);
      }
    } catch (error) {
      // Some series may have an entry that others do not have.
      this.#forget();
      throw error;
    }
    this.#usedAt = startedAt;
  }

  /** Of a bucket that was needed in the last refresh. Of another one nothing is known, and it throws. */
  figures({ pattern, interval }: Pick<SeriesNeed, 'pattern' | 'interval'>, start: number): Figures {
    const series = this.#series.get(keyOf(pattern, interval));
    if (!series || start < series.from) throw new RangeError(`the ${interval} ${start} of ${pattern} was not read`);
    return series.figures(start) ?? NO_FIGURES;
  }

  /** Arrival up to which everything is counted, epoch milliseconds; undefined before the first event. */
  get asOf(): number | undefined {
    return countedUpTo([...this.#positions.values()].map(({ item, lastArrival }) => ({ ...item, lastArrival })));
  }

  #forget(): void {
    this.#series = new Map();
    this.#byAction = new Map();
    this.#positions = new Map();
    this.#ended = new EndedLogs();
  }

  /** False if entries are missing. */
  async #extend(needs: readonly SeriesNeed[], now: number): Promise<boolean> {
    const items = await this.#store.list();
    const { kept, fresh } = this.#sort(needs);
    const after = new Map(items.map((item) => [item.logId, this.#readFrom(item, kept.length > 0, fresh.length > 0)]));
    const entries = items.filter((item) => this.#hasEntries(item)).map(({ logId }) => logId);
    const isWhole = kept.length === 0 || fresh.length > 0;
    const unread = items.filter((item) => isWhole || !this.#isEnded(item, now));
    const logs = await readLogs(this.#store, unread, after);
    this.#ended.note(items, { entries, read: unread.map(({ logId }) => logId), now });
    const byId = new Map(items.map((item) => [item.logId, item]));
    if (kept.length > 0 && logs.some((log) => hasGap(log, byId.get(log.logId) as LogItem))) return false;
    if (fresh.length > 0) await loadRows(this.#store, { series: fresh, seen: actionsIn(logs), items, now });
    this.#keep([...kept, ...fresh]);
    for (const log of logs) this.#add(log, byId.get(log.logId) as LogItem, new Set(fresh));
    const heads = new Map([...this.#positions].map(([logId, { number }]) => [logId, number]));
    for (const one of this.#series.values()) one.passHeld(heads);
    return true;
  }

  /** What is kept of the series, and those that must be read. */
  #sort(needs: readonly SeriesNeed[]): { kept: MergedSeries[]; fresh: MergedSeries[] } {
    const kept: MergedSeries[] = [];
    const fresh: MergedSeries[] = [];
    for (const need of needs) {
      const held = this.#series.get(keyOf(need.pattern, need.interval));
      if (held?.covers(need)) {
        if (held.from < need.from - KEPT_MS - DROPPED_MS) held.dropBefore(need.from - KEPT_MS);
        kept.push(held);
      } else fresh.push(new MergedSeries({ ...need, from: need.from - READ_BEFORE_MS }));
    }
    return { kept, fresh };
  }

  /** The entry after which a log is read: kept series need what is new, and new ones all that is not in the rows. */
  #readFrom({ logId, watermark }: LogItem, isKept: boolean, isFresh: boolean): number {
    if (!isKept) return watermark.number;
    const position = this.#positions.get(logId)?.number ?? -1;
    return isFresh ? Math.min(position, watermark.number) : position;
  }

  #hasEntries({ logId, watermark }: LogItem): boolean {
    return Math.max(watermark.number, this.#positions.get(logId)?.number ?? -1) >= 0;
  }

  #isEnded({ logId, watermark }: LogItem, now: number): boolean {
    return this.#ended.has(logId, now) && watermark.number <= (this.#positions.get(logId)?.number ?? -1);
  }

  #keep(series: readonly MergedSeries[]): void {
    const isSame =
      series.length === this.#series.size &&
      series.every((one) => this.#series.get(keyOf(one.pattern, one.interval)) === one);
    if (isSame) return;
    this.#series = new Map(series.map((one) => [keyOf(one.pattern, one.interval), one]));
    this.#byAction = new Map();
  }

  /** Adds a log's entries: to new series all that were read, to the others those past its position. */
  #add(log: ReadLog, item: LogItem, fresh: ReadonlySet<MergedSeries>): void {
    const { logId, watermark } = item;
    const before = this.#positions.get(logId);
    const position = before?.number ?? -1;
    for (const { number, entry } of log.entries) {
      const isNewTo = (one: MergedSeries) => number > (fresh.has(one) ? watermark.number : position);
      for (const [action, delta] of entry.delta) {
        for (const one of this.#seriesOf(action)) if (isNewTo(one)) one.addEntry({ action, logId, number, delta });
      }
    }
    const lastArrival = log.entries.at(-1)?.entry.lastArrival ?? before?.lastArrival ?? watermark.arrival;
    this.#positions.set(logId, { item, number: Math.max(position, headOf(log)), lastArrival });
  }

  #seriesOf(action: string): readonly MergedSeries[] {
    let found = this.#byAction.get(action);
    if (!found) {
      found = [...this.#series.values()].filter((one) => one.matches(action));
      this.#byAction.set(action, found);
    }
    return found;
  }
}

function keyOf(pattern: string, interval: BucketInterval): string {
  return `${interval}#${pattern}`;
}

function* actionsIn(logs: readonly ReadLog[]): Iterable<string> {
  for (const { entries } of logs) for (const { entry } of entries) yield* entry.delta.keys();
}
