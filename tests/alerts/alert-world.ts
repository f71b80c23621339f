import { logEntryLifeSeconds } from '@weir/aggregates';
import { type Alert, type AlertStatus, alertStatus } from '@weir/alerts';
import { MemoryObjectStore } from '@weir/archive/memory';
import { type AlertsState, emptyAlertsState, MemoryAlertsStore } from '@weir/dynamodb/alerts/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { createAdmittedActions } from '@weir/ingest-stream/src/consume/admit-actions.ts';
import { Consumer } from '@weir/ingest-stream/src/consume/consume-batch.ts';
import { createEventHashes } from '@weir/ingest-stream/src/consume/event-hashes.ts';
import { Random } from '@weir/ingest-stream/src/model/random.ts';
import { type VirtualShard, VirtualStream } from '@weir/ingest-stream/src/model/virtual-stream.ts';
import { createVirtualTip } from '@weir/ingest-stream/src/model/virtual-tip.ts';
import { ProgressWriter } from '@weir/ingest-stream/src/progress/write-progress.ts';
import { silentLog, silentMeter } from '@weir/logging';
import {
  createEvaluator,
  type Evaluate,
  type EvaluatedBatch,
} from '@weir/notifications/src/evaluate/evaluate-batch.ts';

export const SECOND_MS = 1000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
export const START = Date.UTC(2026, 0, 10, 9);
/** A tick: what has arrived is counted, and what was counted is evaluated. */
const TICK_MS = 5 * SECOND_MS;
/** The sweep runs at this second of each minute. */
const SWEEP_AT_MS = 20 * SECOND_MS;

/** Consumers, sweeps and the evaluator of rules on a stream whose clock is moved: the real code, with stores in memory. */
export class AlertWorld {
  now = START;
  readonly stream: VirtualStream;
  readonly state: AlertsState = emptyAlertsState();
  /** Shards whose records nobody consumes. */
  readonly paused = new Set<VirtualShard>();
  /** While true, nobody evaluates, and the table's stream keeps what changes for a day. */
  isEvaluatorOff = false;
  /** Called at each tick. */
  traffic: (world: AlertWorld) => void = () => {};
  readonly #random = new Random(7);
  readonly #store: MemoryMetricsStore;
  readonly #alerts = new MemoryAlertsStore(async () => {}, this.state);
  readonly #consumer: Consumer;
  readonly #progress: ProgressWriter;
  #evaluate: Evaluate;
  #changed: { readonly log: string; readonly number: number }[] = [];
  #waiting: (EvaluatedBatch & { readonly at: number })[] = [];
  #events = 0;

  constructor(shards: number) {
    this.stream = new VirtualStream(START - DAY_MS, shards);
    const store = new MemoryMetricsStore();
    this.#store = store;
    const append = store.append.bind(store);
    store.append = async (log, entry, expiresAt) => {
      this.#changed.push({ log, number: entry.number });
      return append(log, entry, expiresAt);
    };
    const deps = { store, now: () => this.now, log: silentLog, meter: silentMeter };
    this.#consumer = new Consumer(
      {
        ...{ ...deps, objects: new MemoryObjectStore(deps.now), topology: this.stream },
        actions: createAdmittedActions({ slots: store, maxActions: 9 }),
        hashes: createEventHashes({ secrets: store, newSecret: () => 'secret' }),
      },
      { windowSeconds: 3600, entryTtlSeconds: logEntryLifeSeconds(168), foldBudgetMs: 1000, userActivity: false },
    );
    const stream = createVirtualTip({
      ...{ stream: this.stream, random: this.#random, now: deps.now, call: async () => {} },
    });
    this.#progress = new ProgressWriter({ ...deps, stream });
    this.#evaluate = this.#newEvaluator();
  }

  async makeRule(rule: Partial<Alert>): Promise<void> {
    await this.#alerts.create({
      ...{ id: 'r', name: 'r', action: 'a', field: 'count', interval: 'minute', comparison: 'below', threshold: 3 },
      ...{ lateSeconds: 60, repeat: 'cooldown', cooldownSeconds: 0, enabled: true, channels: [{ type: 'webhook' }] },
      ...{ revision: 1, since: this.now, createdAt: this.now, updatedAt: this.now, state: { version: 0 }, ...rule },
    } as Alert);
  }

  /** Sends an event that arrives now on a shard. */
  send(shard: VirtualShard, timestamp = this.now): void {
    const eid = this.#events++;
    const event = { eid, action: 'a', timestamp, value: 1, userId: 'u' };
    let key = 0;
    while (!shard.takes(`k${key}`)) key++;
    this.stream.put({ partitionKey: `k${key}`, arrival: this.now, events: [event] }, JSON.stringify(event));
  }

  async runUntil(time: number): Promise<void> {
    for (; this.now < time; this.now += TICK_MS) {
      this.traffic(this);
      for (const shard of this.stream.shards) await this.#consume(shard);
      const isSweep = this.now % MINUTE_MS === SWEEP_AT_MS;
      const before = (await this.#store.readProgress())?.closedUpTo;
      if (isSweep) await this.#progress.write();
      const after = (await this.#store.readProgress())?.closedUpTo;
      await this.#evaluateChanges(after === before ? undefined : after);
    }
  }

  /** The firings of a rule, by the start of their buckets. */
  firings(id = 'r') {
    const own = [...this.state.firings.values()].filter(({ alertId }) => alertId === id);
    return own.sort((one, other) => one.bucket.start - other.bucket.start);
  }

  status(id = 'r'): AlertStatus {
    const alert = this.state.alerts.get(id);
    if (!alert) throw new Error(`there is no rule ${id}`);
    return alertStatus(alert, this.state.cursor, this.now);
  }

  /** Another instance, with nothing in memory. */
  restartEvaluator(): void {
    this.#evaluate = this.#newEvaluator();
  }

  #newEvaluator(): Evaluate {
    return createEvaluator({ counts: this.#store, alerts: this.#alerts, now: () => this.now });
  }

  /** Lambda reads parents to their end before children. */
  async #consume(shard: VirtualShard): Promise<void> {
    if (this.paused.has(shard) || !shard.parents.every((parent) => parent.isRead)) return;
    const records = shard.records.slice(shard.checkpoint);
    if (records.length === 0) return;
    const result = await this.#consumer.consume({ shardId: shard.id, records });
    if (result.kind === 'failed') throw result.error;
    shard.checkpoint = shard.records.length;
  }

  async #evaluateChanges(closedUpTo: number | undefined): Promise<void> {
    const changed = this.#changed.splice(0);
    const read = changed.map(({ log, number }) => this.#store.readAfter(log, number - 1, { maxEntries: 1 }));
    const entries = (await Promise.all(read)).flat();
    if (entries.length > 0 || closedUpTo !== undefined) this.#waiting.push({ at: this.now, entries, closedUpTo });
    if (this.isEvaluatorOff) return;
    const kept = this.#waiting.filter(({ at }) => at > this.now - DAY_MS);
    this.#waiting = [];
    for (const batch of kept) await this.#evaluate(batch);
  }
}
