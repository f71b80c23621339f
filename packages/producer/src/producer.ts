import { type PutDeps, putRecords } from './aws/put-records.ts';
import { type Entry, toEntry } from './entry.ts';
import { BufferFullError, ProducerClosedError } from './errors.ts';
import { type Aggregation, MAX_CALL_BYTES, MAX_RECORDS, packAggregates, packSingly } from './pack-records.ts';
import type { GivenUp, ProducerEvent } from './types.ts';

/** The bytes of an id and of the lengths on the wire, for each record, approximately. */
const RECORD_OVERHEAD_BYTES = 192;

export interface ProducerConfig {
  /** How long an event waits for others to share its call. */
  readonly lingerMs: number;
  /** The bytes that events in the buffer or on their way may take; `send` waits while they take more. */
  readonly maxBufferedBytes: number;
  /** Sends that may wait for room. */
  readonly maxWaiting: number;
  /** Calls at once. */
  readonly maxInFlight: number;
  readonly aggregation: Aggregation | undefined;
}

export interface ProducerDeps extends PutDeps {
  readonly newId: () => string;
  readonly onGivenUp: (givenUp: GivenUp) => void;
}

/** Puts events on a stream in few calls, within bounded memory. Events may overtake one another. */
export class Producer {
  readonly #deps: ProducerDeps;
  readonly #config: ProducerConfig;
  #queue: Entry[] = [];
  #queueBytes = 0;
  #bufferedBytes = 0;
  #inFlight = 0;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #pending: (() => Promise<void>)[] = [];
  readonly #batches = new Set<Promise<void>>();
  readonly #waiting: (() => void)[] = [];

  constructor(deps: ProducerDeps, config: ProducerConfig) {
    this.#deps = deps;
    this.#config = config;
  }

  /**
   * Takes an event. Resolves when it is buffered, and waits while the buffer is full: await it. `flush` tells when all
   * events are sent or given up, and `onGivenUp` which ones were given up. If it rejects, with `InvalidEventError`,
   * `BufferFullError` or `ProducerClosedError`, the event was not taken.
   */
  async send(event: ProducerEvent): Promise<void> {
    if (this.#isClosed) throw new ProducerClosedError('the producer is closed: the event was not taken');
    const entry = toEntry(event, { id: this.#deps.newId, now: this.#deps.now() });
    while (!this.#hasRoom(entry)) await this.#untilRoom();
    this.#enqueue(entry);
  }

  /** Sends what is buffered now, and resolves when every event taken before is on the stream or was given up. */
  async flush(): Promise<void> {
    this.#cut();
    await Promise.all(this.#batches);
  }

  /** Takes no more events, and flushes; sends that already wait for room are still taken. */
  async close(): Promise<void> {
    this.#isClosed = true;
    do await this.flush();
    while (this.#waiting.length > 0 || this.#queue.length > 0);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Bytes of events in the buffer or on their way, approximately. */
  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  /** One event always has room; otherwise it could never be sent. */
  #hasRoom({ bytes }: Entry): boolean {
    return this.#bufferedBytes === 0 || this.#bufferedBytes + bytes <= this.#config.maxBufferedBytes;
  }

  #untilRoom(): Promise<void> {
    if (this.#waiting.length >= this.#config.maxWaiting) {
      throw new BufferFullError(`${this.#waiting.length} events wait for room already: await send()`);
    }
    // Events that fill the buffer should be on their way, not lingering.
    this.#cut();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #enqueue(entry: Entry): void {
    const bytes = entry.data.length + RECORD_OVERHEAD_BYTES;
    if (this.#queueBytes + bytes > MAX_CALL_BYTES) this.#cut();
    this.#queue.push(entry);
    this.#queueBytes += bytes;
    this.#bufferedBytes += entry.bytes;
    if (this.#config.aggregation === undefined && this.#queue.length >= MAX_RECORDS) this.#cut();
    else this.#timer ??= setTimeout(() => this.#cut(), this.#config.lingerMs);
  }

  /** Makes a batch from the queue. */
  #cut(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const entries = this.#queue;
    if (entries.length === 0) return;
    this.#queue = [];
    this.#queueBytes = 0;
    const batch = new Promise<void>((resolve) => {
      this.#pending.push(async () => {
        await this.#put(entries);
        this.#batches.delete(batch);
        resolve();
      });
    });
    this.#batches.add(batch);
    this.#launch();
  }

  #launch(): void {
    while (this.#inFlight < this.#config.maxInFlight) {
      const next = this.#pending.shift();
      if (!next) return;
      this.#inFlight++;
      void next().then(() => {
        this.#inFlight--;
        this.#launch();
      });
    }
  }

  async #put(entries: readonly Entry[]): Promise<void> {
    const { aggregation } = this.#config;
    const records = aggregation ? packAggregates(entries, aggregation) : packSingly(entries);
    for (let from = 0; from < records.length; from += MAX_RECORDS) {
      const refused = await putRecords(this.#deps, records.slice(from, from + MAX_RECORDS));
      if (refused) {
        this.#giveUp(
          refused.records.flatMap((record) => record.entries),
          refused.error,
        );
      }
    }
    for (const { bytes } of entries) this.#bufferedBytes -= bytes;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** A listener that throws must not leave the buffer full for ever. */
  #giveUp(entries: readonly Entry[], error: unknown): void {
    try {
      this.#deps.onGivenUp({ events: entries.map(({ event }) => event), error });
    } catch (thrown) {
      queueMicrotask(() => {
        throw thrown;
      });
    }
  }
}
