import { encodeLogEntry, type LogEntry } from '@weir/aggregates';
import { type ObjectStore, objectKey } from '@weir/archive';
import { type MetricsStore, oneByOne } from '@weir/dynamodb';
import { type Decoded, decodeRecords, type Position } from '@weir/events';
import type { Logger, Meter } from '@weir/logging';
import { packLines } from '../archive/archive-objects.ts';
import type { LineBuffer } from '../archive/line-buffer.ts';
import { type FoldLimits, isFoldDue, UNFOLDED_LIMIT_BYTES } from '../fold/fold-due.ts';
import { foldLog } from '../fold/fold-log.ts';
import type { AdmittedActions } from './admit-actions.ts';
import type { EventHashes, HashEvent } from './event-hashes.ts';
import type { ShardBatch } from './kinesis-batch.ts';
import { loadShard } from './load-shard.ts';
import { type EntryPlan, forgetIds, planEntry } from './plan-entry.ts';
import type { ShardMemory } from './shard-memory.ts';
import type { StreamTopology } from './stream-topology.ts';

/** An instance forgets a shard after this idle time. */
const MAX_IDLE_MS = 900_000;
/** Memory for the windows of ids in one instance, for all its shards together. */
const MAX_WINDOW_BYTES = 600 * 1024 * 1024;

export interface ConsumeConfig {
  readonly windowSeconds: number;
  /** Longer than the stream's retention plus the window. */
  readonly entryTtlSeconds: number;
  /** The time that a batch may spend on folding. */
  readonly foldBudgetMs: number;
  /** Whether entries hold each user's activity. */
  readonly userActivity: boolean;
  /** When folding is due. A benchmark compares several limits. */
  readonly foldLimits?: FoldLimits;
}

export interface ConsumeDeps {
  readonly store: MetricsStore;
  readonly objects: ObjectStore;
  readonly topology: StreamTopology;
  readonly actions: AdmittedActions;
  readonly hashes: EventHashes;
  readonly now: () => number;
  readonly log: Logger;
  readonly meter: Meter;
}

export type BatchResult =
  | { readonly kind: 'done' }
  /** Lambda must send the records again, from this sequence number on. */
  | { readonly kind: 'failed'; readonly from: string; readonly error: unknown };

/**
 * Counts batches, and each event once. Any records may be sent again, in batches of any size, to any number of
 * instances at once.
 */
export class Consumer {
  readonly #deps: ConsumeDeps;
  readonly #config: ConsumeConfig;
  readonly #shards = new Map<string, ShardMemory>();

  constructor(deps: ConsumeDeps, config: ConsumeConfig) {
    this.#deps = deps;
    this.#config = config;
  }

  async consume(batch: ShardBatch): Promise<BatchResult> {
    const first = batch.records[0];
    if (!first) return { kind: 'done' };
    let uncommitted = first.sequenceNumber;
    try {
      const memory = await this.#open(batch);
      if (!memory) return { kind: 'done' };
      await this.#relieve(memory);
      let items = decodeRecords([...batch.records], { hashRange: memory.shard.hashRange });
      await this.#deps.actions.admit(actionsOf(items));
      const hashEvent = await this.#deps.hashes.open();
      for (items = pastHead(items, memory); items.length > 0; items = pastHead(items, memory)) {
        uncommitted = items[0]?.sequenceNumber ?? uncommitted;
        await this.#appendNext(memory, items, hashEvent);
      }
      await this.#foldIfDue(memory);
      return { kind: 'done' };
    } catch (error) {
      this.#deps.meter.count('BatchesFailed', 1);
      return { kind: 'failed', from: uncommitted, error };
    }
  }

  /** The memory of the shard, brought up to the end of its log; undefined if the rows already hold the batch. */
  async #open({ shardId, records }: ShardBatch): Promise<ShardMemory | undefined> {
    const { store, topology, now } = this.#deps;
    const at = now();
    this.#forgetIdle(at, shardId);
    let memory = this.#shards.get(shardId);
    if (memory) {
      await followLog(store, memory);
    } else {
      const shard = await topology.locate(shardId);
      memory = await loadShard({ store, topology }, shard, { ...this.#config, records, now: at });
      if (!memory) return undefined;
      this.#shards.set(shardId, memory);
    }
    memory.touchedAt = at;
    return memory;
  }

  /** Forgets idle shards. If all windows together are too large, also forgets the shards least lately used. */
  #forgetIdle(at: number, current: string): void {
    const byUse = [...this.#shards].sort(([, a], [, b]) => b.touchedAt - a.touchedAt);
    let bytes = this.#shards.get(current)?.window.bytes ?? 0;
    for (const [shardId, memory] of byUse) {
      if (shardId !== current) bytes += memory.window.bytes;
      const isTooMuch = shardId !== current && bytes > MAX_WINDOW_BYTES;
      if (at - memory.touchedAt > MAX_IDLE_MS || isTooMuch) this.#shards.delete(shardId);
    }
  }

  /** Archives, then appends. An entry names its objects; an object that no entry names is not part of the archive. */
  async #appendNext(memory: ShardMemory, items: readonly Decoded[], hashEvent: HashEvent): Promise<void> {
    const { actions, store, now, meter } = this.#deps;
    const { head, window, shard } = memory;
    const plan = planEntry(items, {
      shardId: shard.shardId,
      from: head.position,
      window,
      windowSeconds: this.#config.windowSeconds,
      hashEvent,
      nameFor: actions.nameFor,
      userActivity: this.#config.userActivity,
    });
    const number = head.number + 1;
    let appended = false;
    try {
      const entry: LogEntry = { ...plan.content, appendedAt: now(), ...(await this.#archive(memory, number, plan)) };
      const body = encodeLogEntry(entry);
      const expiresAt = Math.floor(entry.appendedAt / 1000) + this.#config.entryTtlSeconds;
      appended = await store.append(shard.logId, { number, body }, expiresAt);
      if (appended) {
        memory.advance(number, entry, body.length);
        this.#measureEntry(entry, body.length);
      }
    } finally {
      if (!appended) forgetIds(window, plan);
    }
    if (appended) return;
    meter.count('AppendsLost', 1);
    await followLog(store, memory);
  }

  async #archive({ shard: { logId } }: ShardMemory, number: number, plan: EntryPlan) {
    const arrival = plan.content.firstArrival;
    const put = async (area: 'events' | 'quarantine', count: number, write: (out: LineBuffer) => void) => {
      if (count === 0) return undefined;
      const { bytes, digest } = packLines(write);
      await this.#deps.objects.put(objectKey({ area, logId, number, arrival, digest }), bytes);
      return digest;
    };
    const [archive, quarantine] = await Promise.all([
      put('events', plan.archiveLines.length, (out) => plan.archiveLines.writeTo(out)),
      put('quarantine', plan.quarantineLines.length, (out) => {
        for (const line of plan.quarantineLines) out.text(line);
      }),
    ]);
    return { archive, quarantine };
  }

  #measureEntry({ outcomes }: LogEntry, bytes: number): void {
    const { meter } = this.#deps;
    meter.observe('EntryBytes', 'Bytes', bytes);
    meter.count('CountedEvents', outcomes.counted);
    meter.count('DuplicateEvents', outcomes.duplicate);
    meter.count('OtherEvents', outcomes.other);
    meter.count('RefusedEvents', outcomes.refused);
  }

  /** Above the limit, a batch first folds, and fails if it cannot. This bounds the log that readers must read. */
  async #relieve(memory: ShardMemory): Promise<void> {
    if (memory.unfolded.bytes < UNFOLDED_LIMIT_BYTES) return;
    await this.#fold(memory);
    if (memory.unfolded.bytes >= UNFOLDED_LIMIT_BYTES) {
      throw new Error(
        `log ${memory.shard.logId} has ${memory.unfolded.bytes} bytes to fold; the next batch continues the fold`,
      );
    }
  }

  /** A fold that fails is counted as a metric and does not fail the batch: the log holds everything. */
  async #foldIfDue(memory: ShardMemory): Promise<void> {
    const { now, log, meter } = this.#deps;
    if (!memory.foldProgress && !isFoldDue(memory.unfolded, now(), this.#config.foldLimits)) return;
    try {
      await this.#fold(memory);
    } catch (error) {
      meter.count('FoldsFailed', 1);
      log.warn('Could not fold the log; the next batch will try again', { logId: memory.shard.logId, error });
    }
  }

  async #fold(memory: ShardMemory): Promise<void> {
    const { store, now, meter } = this.#deps;
    const deadline = now() + this.#config.foldBudgetMs;
    const result = await foldLog({ store, now }, memory.shard.logId, { deadline, progress: memory.foldProgress });
    memory.foldProgress = result.kind === 'out-of-time' ? result.progress : undefined;
    if (result.kind === 'nothing') memory.folded({ number: memory.head.number });
    if (result.kind === 'folded') memory.folded({ number: result.upTo });
    if (result.kind !== 'nothing') meter.count('RowsFolded', result.rows);
  }
}

/** Reads the entries that other instances have appended after the head. */
async function followLog(store: MetricsStore, memory: ShardMemory): Promise<void> {
  const entries = await store.readAfter(memory.shard.logId, memory.head.number);
  for (const stored of oneByOne(entries)) memory.follow(stored);
}

/** The items that no entry covers yet. */
function pastHead(items: Decoded[], { head: { position } }: ShardMemory): Decoded[] {
  if (!position) return items;
  const first = items.findIndex((item) => isPast(item, position));
  return first < 0 ? [] : items.slice(first);
}

function isPast({ sequenceNumber, index }: Decoded, end: Position): boolean {
  return sequenceNumber > end.sequenceNumber || (sequenceNumber === end.sequenceNumber && index > end.index);
}

function* actionsOf(items: readonly Decoded[]): Iterable<string> {
  for (const item of items) if (item.kind === 'event') yield item.action;
}
