import { createMemoryConnectionsStore, emptyConnections } from '@weir/dynamodb/connections/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { silentMeter } from '@weir/logging';
import { type Chances, type Faults, VirtualProcess, type VirtualTime } from '@weir/simulation';
import type { EvaluatedBatch } from '../../evaluate/evaluate-batch.ts';
import type { PostFrame } from '../../live/post-frame.ts';
import { createPush, type Push } from '../../push/create-push.ts';
import { answerMessage } from '../../socket/answer-message.ts';
import { VirtualLogs } from '../alerts/virtual-logs.ts';
import { VirtualStream } from '../alerts/virtual-stream.ts';
import type { VirtualClient } from './virtual-client.ts';

/** The start of an hour. */
export const START = 1_764_000_000_000;
const STREAM_SHARDS = 3;
const TIME_OUT_MS = 60_000;
const SECOND_MS = 1000;

export interface WorldOptions extends Faults {
  /** Posts within a second. */
  readonly limit: number;
}

/** A stage: logs, the table's stream with an instance for each shard, the WebSocket API, and clients. */
export class PushWorld {
  readonly faults: string[] = [];
  readonly clients = new Map<string, VirtualClient>();
  readonly metrics = new MemoryMetricsStore();
  readonly logs = new VirtualLogs(this.metrics);
  readonly time: VirtualTime;
  /** When frames were pushed, snapshots left out. */
  readonly pushedMs: number[] = [];
  options: WorldOptions;
  readonly #state = emptyConnections();
  readonly #chances: Chances;
  readonly #streams: readonly VirtualStream[];
  readonly #instances: (Push | undefined)[] = [];

  constructor(time: VirtualTime, chances: Chances, options: WorldOptions) {
    this.time = time;
    this.#chances = chances;
    this.options = options;
    this.#streams = Array.from(
      { length: STREAM_SHARDS },
      (_, shard) => new VirtualStream(time, chances, (batch) => this.#invoke(shard, batch)),
    );
    for (const stream of this.#streams) stream.windowMs = chances.one([50, 1_000]);
  }

  get now(): number {
    return START + this.time.now;
  }

  /** The store of a process that never dies. */
  get store() {
    return createMemoryConnectionsStore(undefined, this.#state);
  }

  /** What a client says reaches some instance of the function `socket`. */
  say(connectionId: string, message: object): void {
    const process = this.#process();
    const deps = {
      connections: createMemoryConnectionsStore(process.turn, this.#state),
      counts: new MemoryMetricsStore(process.turn, this.metrics.items),
      post: this.#postOf(process),
      now: () => this.now,
    };
    answerMessage(deps, { connectionId, text: JSON.stringify(message) }).catch((error) => this.faults.push(`${error}`));
  }

  /** What waits in a shard becomes entries, which go through the table's stream. */
  async append(logId: string): Promise<void> {
    const stream = this.#streams[Number(logId.at(-1)) % STREAM_SHARDS] as VirtualStream;
    for (const entry of await this.logs.append(logId)) stream.push({ entries: [entry], closedUpTo: undefined });
  }

  /** The sweep's progress, which also has waiting rows sent. */
  progress(): void {
    for (const stream of this.#streams) stream.push({ entries: [], closedUpTo: this.now });
  }

  /** From now on nothing goes wrong, and all processes are new. */
  calm(options: WorldOptions): void {
    this.options = options;
    this.#instances.length = 0;
  }

  async #invoke(shard: number, { entries }: EvaluatedBatch): Promise<void> {
    const push = this.#instances[shard] ?? this.#start();
    this.#instances[shard] = push;
    const timeOut = new Promise<never>((_, reject) => {
      this.time.after(TIME_OUT_MS, () => reject(new Error('it took too long')));
    });
    // The batch does not fail with its push. Here, a process that has lost an answer gets no other one.
    const isPushed = push(entries).catch(() => this.#forget(shard, push));
    await Promise.race([isPushed, timeOut]).catch((error: unknown) => {
      this.#forget(shard, push);
      throw error;
    });
  }

  #forget(shard: number, push: Push): void {
    if (this.#instances[shard] === push) this.#instances[shard] = undefined;
  }

  #start(): Push {
    const process = this.#process();
    const last = new Map<string, number>();
    const post = this.#postOf(process);
    return createPush({
      connections: process.lossy(createMemoryConnectionsStore(process.turn, this.#state), () => {}),
      counts: process.lossy(new MemoryMetricsStore(process.turn, this.metrics.items), () => {}),
      post: (connectionId, message) => {
        const before = last.get(connectionId) ?? Number.NEGATIVE_INFINITY;
        if (this.time.now - before < SECOND_MS) this.faults.push('a client gets two frames within a second');
        last.set(connectionId, this.time.now);
        this.pushedMs.push(this.time.now);
        return post(connectionId, message);
      },
      ...{ limit: this.options.limit, meter: silentMeter, now: () => this.now },
      wait: (ms) => new Promise((resolve) => this.time.after(ms, resolve)),
    });
  }

  #process(): VirtualProcess {
    return new VirtualProcess(this.time, this.#chances, this.options);
  }

  #postOf(process: VirtualProcess): PostFrame {
    return async (connectionId, message) => {
      await process.turn();
      const client = this.clients.get(connectionId);
      if (!client?.isOpen) return 'gone';
      const fault = client.receive(message);
      if (fault) this.faults.push(fault);
      return 'sent';
    };
  }
}
