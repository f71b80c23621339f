import { type EraseInput, type EraseTaskDeps, eraseTask } from '@weir/api/src/erasures/erase-task.ts';
import { MemoryObjectStore } from '@weir/archive/memory';
import { createActivityStore } from '@weir/dynamodb';
import { MemoryErasureStore, type MemoryErasures } from '@weir/dynamodb/erasures/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import type { Random } from '@weir/ingest-stream/src/model/random.ts';
import { type Process, Scheduler } from '@weir/ingest-stream/src/model/scheduler.ts';
import { Sweeper } from '@weir/ingest-stream/src/sweep/sweep-logs.ts';
import { createConsumerFixture, recordsOf, SHARD_ID } from '@weir/ingest-stream/src/testing/consumer-fixture.ts';
import { silentLog, silentMeter } from '@weir/logging';

const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
/** An invocation cannot outlive Lambda's limit. */
const MAX_LIFE_MS = 14 * MINUTE_MS;
const GRACE_MS = 15 * MINUTE_MS;

/** What was sent: one event, or something refused, with the moment it arrived. */
export interface Sent {
  readonly userId: string;
  readonly text: string;
  readonly arrival: number;
  readonly isGood: boolean;
}

interface Job {
  readonly userId: string;
  input: EraseInput;
  notBefore: number;
  process: Process | undefined;
  isDone: boolean;
}

/** One deployment on a virtual clock: a consumer, sweeps and erasures that die, freeze and overtake one another. */
export class EraseWorld {
  readonly fixture = createConsumerFixture();
  readonly erasures: MemoryErasures = { receipts: new Map(), open: new Map() };
  readonly sent: Sent[] = [];
  readonly jobs: Job[] = [];
  readonly random: Random;
  /** While true, processes die and freeze. */
  isRough = true;
  failure: unknown;
  readonly #consumer = this.fixture.newConsumer();
  readonly #scheduler: Scheduler;

  constructor(random: Random) {
    this.random = random;
    this.#scheduler = new Scheduler(random, () => this.now);
  }

  get now(): number {
    return this.fixture.clock.now;
  }

  advance(ms: number): void {
    this.fixture.clock.now += ms;
  }

  async send(events: readonly Omit<Sent, 'arrival'>[]): Promise<void> {
    const records = recordsOf(
      events.map(({ text }) => text),
      { first: this.sent.length + 1, arrival: this.now },
    );
    for (const [i, event] of events.entries()) this.sent.push({ ...event, arrival: this.now + i });
    const result = await this.#consumer.consume({ shardId: SHARD_ID, records });
    if (result.kind === 'failed') throw result.error;
  }

  async startSweep(): Promise<void> {
    const { store, objects } = this.fixture;
    await this.#scheduler.start('sweep', (turn) =>
      new Sweeper({
        store: new MemoryMetricsStore(turn, store.items),
        objects: new MemoryObjectStore(() => this.now, turn, objects.objects),
        now: () => this.now,
        // Two sweeps at once: the slower one finds the small objects gone, and leaves the hour to the other.
        log: silentLog,
        meter: silentMeter,
      }).sweep(this.now + MINUTE_MS),
    );
  }

  async erase(userId: string): Promise<void> {
    const begun = await new MemoryErasureStore(this.fixture.store, undefined, this.erasures).begin({
      id: `erasure-${this.jobs.length}`,
      userId,
      userHash: userId,
      requestedAt: this.now,
      until: this.now + GRACE_MS,
    });
    if (this.jobs.some(({ input }) => input.erasureId === begun.id)) return;
    const input = { erasureId: begun.id };
    this.jobs.push({ userId, input, notBefore: 0, process: undefined, isDone: false });
  }

  /** Starts the tasks that are due; the state machine has one at a time, but for one that it gave up. */
  async startTasks(): Promise<void> {
    for (const job of this.jobs) {
      if (job.isDone || job.process || job.notBefore > this.now) continue;
      const process = await this.#scheduler.start(`erase ${job.userId}`, (turn) => this.#runTask(job, turn));
      if (!process.isDone) job.process = process;
    }
  }

  /** Lets processes make a call; in rough times some die or freeze before. */
  async step(): Promise<boolean> {
    for (const process of this.#scheduler.processes) {
      const fate = this.isRough ? this.random.next() : 1;
      if (this.now - process.startedAt > MAX_LIFE_MS || fate < 0.015) this.#scheduler.kill(process);
      else if (fate < 0.025) process.frozenUntil = this.now + this.random.pick([1000, MINUTE_MS, 10 * MINUTE_MS]);
      else continue;
      for (const job of this.jobs) if (job.process === process) job.process = undefined;
    }
    return this.#scheduler.step();
  }

  /** Steps until every process stands still or is done. */
  async settle(): Promise<void> {
    while (await this.step());
  }

  async #runTask(job: Job, turn: () => Promise<void>): Promise<void> {
    const { store, objects } = this.fixture;
    const metrics = new MemoryMetricsStore(turn, store.items);
    const activity = createActivityStore({ store: metrics, now: () => this.now });
    const deps: EraseTaskDeps = {
      store: metrics,
      erasures: new MemoryErasureStore(metrics, turn, this.erasures),
      objects: new MemoryObjectStore(() => this.now, turn, objects.objects),
      now: () => this.now,
      log: { ...silentLog, error: (message, fields) => this.fail(new Error(message, { cause: fields })) },
      requested: [],
      refilled: [
        { name: 'activity', erase: async (userId) => ({ erased: (await activity.eraseActivity(userId)).rows }) },
      ],
      times: { pollMs: 15 * MINUTE_MS, lastMs: 8 * 24 * HOUR_MS, orphansMs: 1.5 * HOUR_MS },
    };
    const { input } = job;
    const deadline = this.random.chance(0.5) ? this.now : Number.POSITIVE_INFINITY;
    const progress = await eraseTask(deps, input, deadline).catch((error: unknown) => this.fail(error));
    // A task that was given up tells nobody.
    if (!progress || job.input !== input) return;
    job.input = { erasureId: progress.erasureId, ...(progress.step && { step: progress.step }) };
    job.notBefore = this.now + progress.waitSeconds * 1000;
    job.isDone = progress.status === 'done';
    job.process = undefined;
  }

  fail(error: unknown): undefined {
    this.failure ??= error;
  }
}
