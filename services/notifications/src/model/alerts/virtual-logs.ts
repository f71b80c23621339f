import type { MetricsStore, RowKey, StoredEntry } from '@weir/dynamodb';
import { append, type CountedEvent, countingEntry, foldSomeRows, raise } from '@weir/dynamodb/memory/counted';

/** A record that a shard has taken. Times are epoch milliseconds. */
export interface ArrivedRecord {
  readonly logId: string;
  readonly arrival: number;
  readonly events: readonly CountedEvent[];
}

/** A record that is an entry of its log. */
export interface AppendedRecord extends ArrivedRecord {
  readonly number: number;
}

interface Shard {
  readonly parents: readonly string[];
  /** Taken by the stream, and not yet in the log. */
  readonly waiting: ArrivedRecord[];
  isClosed: boolean;
  entries: number;
}

const TIP_MS = 5000;

/** The shards of a stream with their logs: each record becomes an entry, at once or much later. */
export class VirtualLogs {
  /** In the order in which they were appended: in each log that of their numbers. */
  readonly appended: AppendedRecord[] = [];
  readonly #store: MetricsStore;
  readonly #shards = new Map<string, Shard>();

  constructor(store: MetricsStore) {
    this.#store = store;
  }

  get open(): string[] {
    return [...this.#shards].filter(([, { isClosed }]) => !isClosed).map(([logId]) => logId);
  }

  addShard(logId: string, parents: readonly string[] = []): void {
    for (const parent of parents) (this.#shards.get(parent) as Shard).isClosed = true;
    this.#shards.set(logId, { parents, waiting: [], isClosed: false, entries: 0 });
  }

  arrive(record: ArrivedRecord): void {
    this.#shards.get(record.logId)?.waiting.push(record);
  }

  /** Appends what waits in a shard, once its parents are read to their ends. */
  async append(logId: string): Promise<StoredEntry[]> {
    const shard = this.#shards.get(logId) as Shard;
    if (shard.parents.some((parent) => (this.#shards.get(parent)?.waiting.length ?? 0) > 0)) return [];
    const before = shard.entries - 1;
    if (before < 0) await this.#store.register(logId, shard.parents);
    for (let record = shard.waiting.shift(); record; record = shard.waiting.shift()) {
      const number = shard.entries++;
      await append(this.#store, logId, countingEntry(number, record.events, record.arrival));
      this.appended.push({ ...record, number });
    }
    return this.#store.readAfter(logId, before);
  }

  /** No record that arrived before is still to be appended, now or later. */
  closedUpTo(now: number): number {
    const shards = [...this.#shards.values()];
    return Math.min(now - TIP_MS, ...shards.flatMap(({ waiting }) => waiting[0]?.arrival ?? []));
  }

  /** Folds a log as far as it goes; only some of its rows, without its watermark, if these are chosen. */
  async fold(logId: string, actions: readonly string[], isChosen?: (key: RowKey) => boolean): Promise<void> {
    const head = (this.#shards.get(logId)?.entries ?? 0) - 1;
    if (head < 0) return;
    for (const action of actions) await foldSomeRows(this.#store, { logId, action }, isChosen ?? (() => true));
    if (!isChosen) await raise(this.#store, logId, head);
  }
}

export function entryName({ logId, number }: { readonly logId: string; readonly number: number }): string {
  return `${logId}#${number}`;
}
