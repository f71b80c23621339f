import { logEntryLifeSeconds } from '@weir/aggregates';
import { MemoryObjectStore } from '@weir/archive/memory';
import { type ActivityStore, createActivityStore, type MetricsReader, type MetricsStore } from '@weir/dynamodb';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { silentLog, silentMeter } from '@weir/logging';
import { createAdmittedActions } from '../consume/admit-actions.ts';
import { Consumer } from '../consume/consume-batch.ts';
import { createEventHashes } from '../consume/event-hashes.ts';
import { ProgressWriter } from '../progress/write-progress.ts';
import { Sweeper } from '../sweep/sweep-logs.ts';
import type { LedgerErasure } from './activity-ledger.ts';
import { Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import { AnswerLost, type Process, Scheduler } from './scheduler.ts';
import { type VirtualShard, VirtualStream } from './virtual-stream.ts';
import type { VirtualTable } from './virtual-table.ts';
import { createVirtualTip } from './virtual-tip.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** Short, so that some copies come after it. */
export const WINDOW_SECONDS = 600;
/** Entries are kept longer than their records on the stream, by the window. */
export const ENTRY_TTL_SECONDS = logEntryLifeSeconds(168);
/** A Monday, and the second of a month: weeks, months and days begin among the events, in each zone at another time. */
export const STARTED_AT = Date.UTC(2026, 1, 2, 11, 20);
/** The clock of a sweep is so far ahead of that of Kinesis. */
export const CLOCK_AHEAD_MS = 4000;
/** Lambda's limit for an invocation. */
const MAX_LIFE_MS = 14 * MINUTE_MS;

/** It has a memory of its own, and makes its calls in the process in which it runs at the time. */
export class Actor {
  isBusy = false;
  turn: () => Promise<void> = async () => {};
  /** Passed to stores: waits for the turn of the present process. */
  readonly call = (): Promise<void> => this.turn();
}

/** An instance of the consumer: it keeps its memory between batches, and takes one batch at a time. */
interface Instance {
  readonly actor: Actor;
  readonly consumer: Consumer;
}

/** An instance of the sweep: it keeps places on the stream between its runs, and makes one run at a time. */
interface SweepInstance {
  readonly actor: Actor;
  readonly progress: ProgressWriter;
}

/** One deployment on a virtual clock: a stream, its event source mapping, instances, sweeps and readers. */
export class World {
  readonly random: Random;
  readonly stream: VirtualStream;
  readonly ledger = new Ledger();
  readonly scheduler: Scheduler;
  /** The table for an observer: its calls do not wait for a turn. */
  readonly store: MetricsStore;
  readonly bucket: MemoryObjectStore;
  now = STARTED_AT;
  maxActions = 4;
  /** While true, processes die, freeze and lose answers. */
  isRough = true;
  failure: unknown;
  readonly #table: VirtualTable;
  readonly #instances: Instance[] = [];
  readonly #sweeps: SweepInstance[] = [];
  readonly #erasures = new Map<Process, LedgerErasure>();
  readonly #invocations = new Map<VirtualShard, Process>();

  readonly #log = {
    ...silentLog,
    warn: (_: string, fields?: Record<string, unknown>) => this.fail(fields?.error),
    error: (_: string, fields?: Record<string, unknown>) => this.fail(fields?.error),
  };

  constructor(random: Random, table: VirtualTable) {
    this.random = random;
    this.#table = table;
    this.store = table.open(async () => {});
    this.stream = new VirtualStream(STARTED_AT - DAY_MS, random.between(1, 3));
    this.scheduler = new Scheduler(random, () => this.now);
    this.bucket = new MemoryObjectStore(() => this.now);
  }

  /** The event source mapping: gives out batches of shards whose parents are read to the end. */
  async poll(): Promise<void> {
    for (const shard of this.stream.shards) {
      if (this.#invocations.has(shard) || shard.checkpoint >= shard.records.length) continue;
      if (shard.parents.every(isReadToTheEnd) && this.random.chance(0.7)) await this.#invoke(shard);
    }
  }

  async startSweep(): Promise<void> {
    await this.scheduler.start('sweep', (turn) => this.sweep(turn));
  }

  async sweep(turn: () => Promise<void> = async () => {}): Promise<void> {
    const { actor, progress } = this.#aSweep();
    actor.isBusy = true;
    actor.turn = turn;
    await progress.write();
    await new Sweeper({
      ...{ store: this.#storeFor(turn), log: this.#log, meter: silentMeter },
      objects: new MemoryObjectStore(() => this.now, turn, this.bucket.objects),
      now: () => this.now,
    }).sweep(this.now + MINUTE_MS);
    actor.isBusy = false;
  }

  reader(call: () => Promise<void>): MetricsReader {
    return createMetricsReader({ store: this.#table.open(call), now: () => this.now });
  }

  /** The table and the bucket, for a process that reads both. */
  sources(call: () => Promise<void>): { store: MetricsStore; objects: MemoryObjectStore } {
    const objects = new MemoryObjectStore(() => this.now, call, this.bucket.objects);
    return { store: this.#table.open(call), objects };
  }

  activity(call: () => Promise<void>): ActivityStore {
    return createActivityStore({ store: this.#table.open(call), now: () => this.now });
  }

  /** Erases a user's activity. In rough times the erasure may die half-way, or lose the answer to a write. */
  async startErasure(userId: string): Promise<void> {
    const erasure = this.ledger.activity.begin(userId);
    const process = await this.scheduler.start('erase', async (turn) => {
      const store = this.#losingAnswers(this.#storeFor(turn));
      try {
        await createActivityStore({ store, now: () => this.now }).eraseActivity(userId);
        this.ledger.activity.finish(erasure);
      } catch (error) {
        this.ledger.activity.abandon(erasure);
        this.fail(error);
      }
    });
    this.#erasures.set(process, erasure);
  }

  /** Lets processes make some calls; in rough times some of them die, freeze, or lose an answer. */
  async step(): Promise<void> {
    for (const process of this.scheduler.processes) {
      const fate = this.isRough ? this.random.next() : 1;
      if (this.now - process.startedAt > MAX_LIFE_MS || fate < 0.004) this.#giveUp(process, 'kill');
      else if (fate < 0.012) this.#giveUp(process, 'freeze');
    }
    await this.scheduler.step();
  }

  get isIdle(): boolean {
    return this.scheduler.processes.size === 0 && this.stream.shards.every((s) => s.checkpoint >= s.records.length);
  }

  expire(): void {
    this.#table.expire(this.now, this.random);
  }

  async #invoke(shard: VirtualShard): Promise<void> {
    const base = shard.checkpoint;
    const records = shard.records.slice(base, base + this.random.between(1, 6));
    const { actor, consumer } = this.#anInstance();
    actor.isBusy = true;
    const process = await this.scheduler.start(`consume ${shard.id}`, async (turn) => {
      actor.turn = turn;
      const result = await consumer.consume({ shardId: shard.id, records });
      actor.isBusy = false;
      if (result.kind === 'failed' && !(result.error instanceof AnswerLost)) this.fail(result.error);
      // The mapping has given this batch up: its answer comes too late and changes nothing.
      if (this.#invocations.get(shard) !== process) return;
      const failedAt = records.findIndex(
        ({ sequenceNumber }) => result.kind === 'failed' && sequenceNumber === result.from,
      );
      shard.checkpoint = base + (failedAt < 0 ? records.length : failedAt);
      this.#invocations.delete(shard);
    });
    this.#invocations.set(shard, process);
  }

  /** Keeps the first error that the protocol did not expect. */
  fail(error: unknown): void {
    if (error instanceof AnswerLost) return;
    // Two sweeps ran at once: the slower one does not find the small objects, and leaves the hour to the other.
    if (error instanceof Error && error.message.startsWith('no object')) return;
    this.failure ??= error;
  }

  #anInstance(): Instance {
    const idle = this.#instances.filter(({ actor }) => !actor.isBusy);
    if (idle.length > 0 && this.random.chance(0.75)) return this.random.pick(idle);
    const actor = new Actor();
    const store = this.#storeFor(actor.call);
    const instance = {
      actor,
      consumer: new Consumer(
        {
          store,
          objects: new MemoryObjectStore(() => this.now, actor.call, this.bucket.objects),
          topology: this.stream,
          actions: createAdmittedActions({ slots: store, maxActions: this.maxActions }),
          hashes: createEventHashes({ secrets: store, newSecret: () => `secret ${this.random.next()}` }),
          now: () => this.now,
          log: this.#log,
          meter: silentMeter,
        },
        {
          windowSeconds: WINDOW_SECONDS,
          entryTtlSeconds: ENTRY_TTL_SECONDS,
          foldBudgetMs: MINUTE_MS,
          userActivity: true,
        },
      ),
    };
    this.#instances.push(instance);
    return instance;
  }

  /** In calm times the one that ran last, as Lambda does. */
  #aSweep(): SweepInstance {
    const idle = this.#sweeps.findLast(({ actor }) => !actor.isBusy);
    if (idle && (!this.isRough || this.random.chance(0.75))) return idle;
    const actor = new Actor();
    const now = () => this.now + CLOCK_AHEAD_MS;
    const progress = new ProgressWriter({
      ...{ store: this.#storeFor(actor.call), log: this.#log, meter: silentMeter, now },
      stream: createVirtualTip({ stream: this.stream, random: this.random, now: () => this.now, call: actor.call }),
    });
    this.#sweeps.push({ actor, progress });
    return { actor, progress };
  }

  /** The table for one process: each call waits for its turn, and in rough times its answer may be lost. */
  #storeFor(call: () => Promise<void>): MetricsStore {
    const store = this.#table.open(call);
    const append: MetricsStore['append'] = async (logId, entry, expiresAt) => {
      const isAppended = await store.append(logId, entry, expiresAt);
      if (isAppended) this.ledger.note(logId, entry);
      if (!this.isRough || this.random.chance(0.97)) return isAppended;
      // The answer is lost: the SDK tries again, and finds its own entry.
      if (this.random.chance(0.5)) return false;
      throw new AnswerLost('append');
    };
    const raiseWatermark: MetricsStore['raiseWatermark'] = async (logId, watermark) => {
      await store.raiseWatermark(logId, watermark);
      this.ledger.noteWatermark(logId, (await this.store.find(logId))?.watermark.number ?? -1);
    };
    const writeProgress: MetricsStore['writeProgress'] = async (progress) => {
      const isWritten = await store.writeProgress(progress);
      if (isWritten) this.ledger.noteProgress(progress, this.now);
      return isWritten;
    };
    const watched: Partial<MetricsStore> = { append, raiseWatermark, writeProgress };
    return new Proxy(store, {
      get: (target, name) => Reflect.get(watched, name) ?? Reflect.get(target, name).bind(target),
    });
  }

  /** The writes of an erasure. If an answer is lost, the SDK tries again, and finds the rows that it has written. */
  #losingAnswers(store: MetricsStore): MetricsStore {
    const writeRows: MetricsStore['writeRows'] = async (writes) => {
      const movedOn = await store.writeRows(writes);
      if (!this.isRough || this.random.chance(0.95)) return movedOn;
      if (this.random.chance(0.5)) return writes.map(({ key }) => key);
      throw new AnswerLost('writeRows');
    };
    return new Proxy(store, { get: (target, name) => (name === 'writeRows' ? writeRows : Reflect.get(target, name)) });
  }

  /** Ends a process at once, or freezes it: either way the mapping sends its batch again. */
  #giveUp(process: Process, how: 'kill' | 'freeze'): void {
    if (how === 'kill') {
      this.scheduler.kill(process);
      const erasure = this.#erasures.get(process);
      if (erasure) this.ledger.activity.abandon(erasure);
    } else {
      process.frozenUntil = this.now + this.random.pick([1000, 20_000, 2 * MINUTE_MS, 7 * MINUTE_MS, 10 * MINUTE_MS]);
    }
    for (const [shard, invocation] of this.#invocations) if (invocation === process) this.#invocations.delete(shard);
  }
}

function isReadToTheEnd(shard: VirtualShard): boolean {
  return shard.isRead && shard.parents.every(isReadToTheEnd);
}
