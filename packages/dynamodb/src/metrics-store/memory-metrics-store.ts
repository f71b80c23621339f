import type { TableKey } from '../table/table-access.ts';
import { entryKey, logItemKey, PROGRESS_KEY, parseRowKey, rowKey, runKey, SECRET_KEY, slotKey } from './keys.ts';
import {
  type ArchiveRun,
  type BucketRange,
  type EntryWrite,
  type LogItem,
  type MetricsStore,
  NOTHING_FOLDED,
  type Progress,
  type ReadLimits,
  type RowKey,
  type RowWrite,
  type StoredEntry,
  type StoredRow,
  type Watermark,
} from './metrics-store.ts';
import { EntryBytes } from './stored-entry.ts';

type Item = Readonly<Record<string, unknown>>;

/** Called once for each single read or write that is atomic in the real table; a test schedules and crashes here. */
export type Turn = (operation: string) => Promise<void>;

/**
 * The `metrics` table in memory, for tests: the same keys, conditions and atomic steps as in DynamoDB.
 * A batch of rows is written row by row, as DynamoDB does it.
 */
export class MemoryMetricsStore implements MetricsStore {
  readonly items: Map<string, Item>;
  readonly #turn: Turn;

  /** Stores that are given the same `items` are the same table, used by several callers. */
  constructor(turn: Turn = async () => {}, items = new Map<string, Item>()) {
    this.#turn = turn;
    this.items = items;
  }

  async register(logId: string, parents: readonly string[]): Promise<void> {
    await this.#turn('register');
    this.#insert(logItemKey(logId), { logId, parents: [...parents], watermark: NOTHING_FOLDED });
  }

  async find(logId: string): Promise<LogItem | undefined> {
    await this.#turn('find');
    return this.items.get(flat(logItemKey(logId))) as LogItem | undefined;
  }

  async list(): Promise<LogItem[]> {
    await this.#turn('list');
    return this.#partition(logItemKey('').pk).map(([, item]) => item as unknown as LogItem);
  }

  async append(logId: string, entry: EntryWrite, expiresAt: number): Promise<boolean> {
    await this.#turn('append');
    return this.#insert(entryKey(logId, entry.number), { ...entry, expiresAt });
  }

  async readAfter(logId: string, after: number, limits: ReadLimits = {}): Promise<StoredEntry[]> {
    await this.#turn('readAfter');
    const found: StoredEntry[] = [];
    let bytes = 0;
    for (const { number, body } of this.#entries(logId)) {
      if (number <= after) continue;
      found.push(new EntryBytes(number, body));
      bytes += body.length;
      if (bytes >= (limits.maxBytes ?? Number.POSITIVE_INFINITY) || found.length === limits.maxEntries) break;
    }
    return found;
  }

  async *readBackwards(logId: string, { maxEntries }: ReadLimits = {}): AsyncIterable<StoredEntry> {
    await this.#turn('readBackwards');
    const newestFirst = this.#entries(logId).reverse().slice(0, maxEntries);
    for (const { number, body } of newestFirst) yield new EntryBytes(number, body);
  }

  async raiseWatermark(logId: string, watermark: Watermark): Promise<void> {
    await this.#turn('raiseWatermark');
    const key = flat(logItemKey(logId));
    const item = this.items.get(key) as LogItem | undefined;
    if (item && item.watermark.number < watermark.number) this.items.set(key, { ...item, watermark });
  }

  async readRows(keys: readonly RowKey[]): Promise<StoredRow[]> {
    await this.#turn('readRows');
    return keys.flatMap((key) => this.#row(key) ?? []);
  }

  async writeRows(writes: readonly RowWrite[]): Promise<RowKey[]> {
    const movedOn: RowKey[] = [];
    for (const { madeFrom, ...row } of writes) {
      await this.#turn('writeRow');
      if (this.#row(row.key)?.upTo === madeFrom) this.items.set(flat(rowKey(row.key)), row);
      else movedOn.push(row.key);
    }
    return movedOn;
  }

  async queryRows({ kind, subject, from, to }: BucketRange): Promise<StoredRow[]> {
    await this.#turn('queryRows');
    return this.#partition(rowKey({ kind, subject, bucket: 0, logId: '' }).pk)
      .map(([, item]) => item as unknown as StoredRow)
      .filter((row) => row.key.bucket >= from && row.key.bucket <= to);
  }

  async listAllTime(): Promise<StoredRow[]> {
    await this.#turn('listAllTime');
    return this.#partition(rowKey({ kind: 'all', subject: '', bucket: 0, logId: '' }).pk).map(
      ([key, item]) => ({ ...item, key: parseRowKey(key) }) as StoredRow,
    );
  }

  async readSlots(after: number): Promise<string[]> {
    await this.#turn('readSlots');
    return this.#partition(slotKey(0).pk)
      .filter(([key]) => key.sk > slotKey(after).sk || after < 0)
      .map(([, item]) => String(item.action));
  }

  async takeSlot(slot: number, action: string): Promise<boolean> {
    await this.#turn('takeSlot');
    return this.#insert(slotKey(slot), { action });
  }

  async keepSecret(candidate: string): Promise<string> {
    await this.#turn('keepSecret');
    this.#insert(SECRET_KEY, { secret: candidate });
    return String(this.items.get(flat(SECRET_KEY))?.secret);
  }

  async newestRuns(logId: string, limit: number, before = Number.POSITIVE_INFINITY): Promise<ArchiveRun[]> {
    await this.#turn('newestRuns');
    const runs = this.#partition(runKey(logId, 0).pk).map(([, item]) => item as unknown as ArchiveRun);
    const found = runs.filter(({ from }) => from < before);
    return found.reverse().slice(0, limit);
  }

  async findRun(logId: string, from: number): Promise<ArchiveRun | undefined> {
    await this.#turn('findRun');
    return this.items.get(flat(runKey(logId, from))) as ArchiveRun | undefined;
  }

  async addRun(run: ArchiveRun): Promise<boolean> {
    await this.#turn('addRun');
    return this.#insert(runKey(run.logId, run.from), { ...run });
  }

  async markSwept(run: ArchiveRun): Promise<void> {
    await this.#turn('markSwept');
    const key = flat(runKey(run.logId, run.from));
    this.items.set(key, { ...this.items.get(key), swept: true });
  }

  async readProgress(): Promise<Progress | undefined> {
    await this.#turn('readProgress');
    return this.items.get(flat(PROGRESS_KEY)) as Progress | undefined;
  }

  async writeProgress(progress: Progress): Promise<boolean> {
    await this.#turn('writeProgress');
    const before = this.items.get(flat(PROGRESS_KEY)) as Progress | undefined;
    if (before && before.closedUpTo >= progress.closedUpTo) return false;
    this.items.set(flat(PROGRESS_KEY), { ...progress });
    return true;
  }

  /**
   * Gives a run another digest if it still has this one. This is a part of what a transaction does at once, and takes
   * no turn.
   */
  replaceDigest(run: ArchiveRun, digest: string): boolean {
    const key = flat(runKey(run.logId, run.from));
    const item = this.items.get(key);
    if (item?.digest !== run.digest) return false;
    this.items.set(key, { ...item, digest });
    return true;
  }

  #insert(key: TableKey, item: object): boolean {
    if (this.items.has(flat(key))) return false;
    this.items.set(flat(key), item as Item);
    return true;
  }

  #row(key: RowKey): StoredRow | undefined {
    return this.items.get(flat(rowKey(key))) as StoredRow | undefined;
  }

  #entries(logId: string): EntryWrite[] {
    return this.#partition(entryKey(logId, 0).pk).map(([, item]) => item as unknown as EntryWrite);
  }

  #partition(pk: string): [TableKey, Item][] {
    const found: [TableKey, Item][] = [];
    for (const [key, item] of this.items) {
      const cut = key.indexOf('\n');
      if (key.slice(0, cut) === pk) found.push([{ pk, sk: key.slice(cut + 1) }, item]);
    }
    return found.sort(([a], [b]) => (a.sk < b.sk ? -1 : 1));
  }
}

function flat({ pk, sk }: TableKey): string {
  return `${pk}\n${sk}`;
}
