import { beginErasure } from '@weir/api/src/erasures/begin-erasure.ts';
import {
  type EraseInput,
  type EraseTaskDeps,
  eraseTask,
  startDuePass,
} from '@weir/api/src/erasures/passes/erase-task.ts';
import { beginPass } from '@weir/api/src/erasures/passes/start-pass.ts';
import { MemoryObjectStore } from '@weir/archive/memory';
import { createActivityStore } from '@weir/dynamodb';
import { NO_PASS } from '@weir/dynamodb/erasures';
import type { MemoryErasures, MemoryPass } from '@weir/dynamodb/erasures/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import type { Random } from '@weir/ingest-stream/src/model/random.ts';
import { type Process, Scheduler } from '@weir/ingest-stream/src/model/scheduler.ts';
import { Sweeper } from '@weir/ingest-stream/src/sweep/sweep-logs.ts';
import { createConsumerFixture, recordsOf, SHARD_ID } from '@weir/ingest-stream/src/testing/consumer-fixture.ts';
import { silentLog, silentMeter } from '@weir/logging';
import { StepChecks, WatchedErasureStore, WatchedPassStore } from './check-steps.ts';
import { type Execution, Executions } from './executions.ts';

const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
/** Lambda's limit for an invocation. */
const MAX_LIFE_MS = 14 * MINUTE_MS;
const GRACE_MS = 15 * MINUTE_MS;

/** A record that was sent: one good event or one to refuse, with its arrival. */
export interface Sent {
  readonly userId: string;
  readonly text: string;
  readonly arrival: number;
  readonly isGood: boolean;
}

/** Called before each call to the outside, with the call's name if it has one. */
type Turn = (operation?: string) => Promise<void>;

/** The writes of a pass that depend on its phase. A process frozen just before one continues in another phase. */
const RISKY = new Set([
  'beginPass',
  'restart',
  'open',
  'save',
  'replaceRun',
  'count',
  'endWalk',
  'settle',
  'end',
  'fail',
]);

/** Thrown if S3 or a table does not answer. */
class Away extends Error {}

/** One deployment on a virtual clock: a consumer, sweeps and passes that die, freeze, fail and overtake one another. */
export class EraseWorld {
  readonly fixture = createConsumerFixture();
  readonly erasures: MemoryErasures = { receipts: new Map(), open: new Map() };
  readonly pass: MemoryPass = { pass: NO_PASS, members: [], counts: new Map() };
  readonly executions = new Executions();
  /** The user of each erasure: its receipt does not name them. */
  readonly owners = new Map<string, string>();
  readonly sent: Sent[] = [];
  readonly random: Random;
  /** While true, processes die, freeze and fail. */
  isRough = true;
  failure: unknown;
  /** The records that no consumer has read. Their sequence numbers follow the earlier ones. */
  #unread: { readonly text: string; readonly arrival: number }[] = [];
  readonly #consumer = this.fixture.newConsumer();
  readonly #scheduler: Scheduler;
  readonly #checks = new StepChecks(this);
  #ids = 0;

  constructor(random: Random) {
    this.random = random;
    this.#scheduler = new Scheduler(random, () => this.now);
  }

  get now(): number {
    return this.fixture.clock.now;
  }

  /** Whether an erasure is not done yet, or has failed. */
  get isAnybodyLeft(): boolean {
    return [...this.erasures.receipts.values()].some(({ status }) => status !== 'done');
  }

  advance(ms: number): void {
    this.fixture.clock.now += ms;
  }

  /** Events arrive; the consumer reads them later. */
  send(events: readonly Omit<Sent, 'arrival'>[]): void {
    for (const [i, event] of events.entries()) {
      const arrival = this.now + i;
      this.sent.push({ ...event, arrival });
      this.#unread.push({ text: event.text, arrival });
    }
  }

  async consume(): Promise<void> {
    const first = this.sent.length - this.#unread.length + 1;
    const records = this.#unread.flatMap(({ text, arrival }, i) => recordsOf([text], { first: first + i, arrival }));
    this.#unread = [];
    if (records.length === 0) return;
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
        // Two sweeps ran at once: the slower one does not find the small objects, and leaves the hour to the other.
        log: silentLog,
        meter: silentMeter,
      }).sweep(this.now + MINUTE_MS),
    );
  }

  /** A caller deletes a person; the request may die at any point. */
  async startErasing(userId: string): Promise<void> {
    await this.#start(`delete ${userId}`, async (turn) => {
      const deps = this.#depsOf(turn);
      const id = `erasure-${this.#ids++}`;
      this.owners.set(id, userId);
      const begin = { ...deps, newId: () => id, places: deps.refilled, graceMs: GRACE_MS };
      await beginErasure({ ...begin, beginPass: () => beginPass(deps) }, userId).catch(this.#expectAway);
    });
  }

  /** The schedule starts a pass if one is due. */
  async startSchedule(): Promise<void> {
    await this.#start('schedule', (turn) => startDuePass(this.#depsOf(turn)).catch(this.#expectAway));
  }

  /** Starts the tasks of executions. Each execution runs one task at a time; a task that was given up may still run. */
  async startTasks(): Promise<void> {
    for (const execution of this.executions.idle()) {
      const task = execution.beginTask();
      const process = await this.#start(execution.name, (turn) => this.#runTask(execution, task, turn));
      if (!process.isDone) execution.process = process;
    }
  }

  async #start(name: string, body: (turn: Turn) => Promise<void>): Promise<Process> {
    let own: Process | undefined;
    const process = await this.#scheduler.start(name, (turn) =>
      body((operation = '') => {
        if (own && this.isRough && RISKY.has(operation) && this.random.chance(0.1)) this.#freeze(own);
        return turn();
      }),
    );
    own = process;
    return process;
  }

  /** Lets processes make a call. In rough times, some die or freeze before it. */
  async step(): Promise<boolean> {
    for (const process of this.#scheduler.processes) {
      const fate = this.isRough ? this.random.next() : 1;
      if (this.now - process.startedAt > MAX_LIFE_MS || fate < 0.015) this.#kill(process);
      else if (fate < 0.025) this.#freeze(process);
    }
    return this.#scheduler.step();
  }

  #kill(process: Process): void {
    this.#scheduler.kill(process);
    this.#giveUp(process);
  }

  /** Its execution gives it up, but later the process continues. */
  #freeze(process: Process): void {
    process.frozenUntil = this.now + this.random.pick([1000, MINUTE_MS, 10 * MINUTE_MS]);
    this.#giveUp(process);
  }

  /** Steps until every process is frozen or done. */
  async settle(): Promise<void> {
    while (await this.step());
  }

  /** The execution gives the task up and tries again, or a person stops the execution. */
  #giveUp(process: Process): void {
    const execution = this.executions.of(process);
    if (this.isRough && this.random.chance(0.3)) execution?.end();
    else execution?.giveTaskUp();
  }

  async #runTask(execution: Execution, task: object, turn: Turn): Promise<void> {
    const { input } = execution;
    const deadline = this.random.chance(0.5) ? this.now : Number.POSITIVE_INFINITY;
    try {
      execution.tell(task, await eraseTask(this.#depsOf(turn), input, deadline));
    } catch (error) {
      this.#expectAway(error);
      // After a day of attempts, the state machine gives up.
      const failing: EraseInput = this.random.chance(0.3) ? { ...input, failure: 'Away' } : input;
      execution.tryAgain(task, failing);
    }
  }

  #depsOf(turn: Turn): EraseTaskDeps {
    const { store, objects } = this.fixture;
    const metrics = new MemoryMetricsStore(turn, store.items);
    const activity = createActivityStore({ store: metrics, now: () => this.now });
    const erasures = new WatchedErasureStore(turn, this.erasures);
    erasures.onStep = (erasure, pass) => this.#checks.check(erasure, pass).catch(this.#expectAway);
    const passes = new WatchedPassStore(metrics, turn, this.pass);
    passes.onOpen = (pass) => this.#checks.begin(pass);
    return {
      store: metrics,
      erasures,
      passes,
      objects: this.#sometimesAway(new MemoryObjectStore(() => this.now, turn, objects.objects)),
      machine: {
        start: async (name, pass) => {
          await turn('start');
          return this.executions.start(name, pass);
        },
      },
      now: () => this.now,
      newId: () => String(this.#ids++),
      intervalMs: 5 * MINUTE_MS,
      log: { ...silentLog, error: (message, fields) => this.#expectAway(fields?.error ?? message) },
      requested: [],
      refilled: [
        {
          name: 'activity',
          erase: async (userId) => {
            if (this.isRough && this.random.chance(0.05)) throw new Away();
            return { erased: (await activity.eraseActivity(userId)).rows };
          },
        },
      ],
      announceErased: async () => {},
      times: { lastMs: 8 * 24 * HOUR_MS, orphansMs: 1.5 * HOUR_MS },
    };
  }

  #sometimesAway(objects: MemoryObjectStore): MemoryObjectStore {
    const get = objects.get.bind(objects);
    objects.get = async (key) => {
      if (this.isRough && this.random.chance(0.02)) throw new Away();
      return get(key);
    };
    return objects;
  }

  readonly #expectAway = (error: unknown): void => {
    if (!(error instanceof Away)) this.failure ??= error;
  };
}
