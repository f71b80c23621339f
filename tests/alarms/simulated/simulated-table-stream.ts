import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { SECOND_MS } from './clock.ts';
import type { SimulatedFunction } from './simulated-function.ts';

/** Lambda does not document its wait before it sends a batch again. This is the longest sensible wait. */
const LONGEST_WAIT_MS = 60 * SECOND_MS;

type Take = (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse>;

/** The stream of a table, and Lambda's event source mapping, which retries without a limit. */
export class SimulatedTableStream {
  /** While false, the event source mapping is disabled. */
  isRead = true;
  readonly #fn: SimulatedFunction;
  readonly #take: Take;
  #waiting: number[] = [];
  #batch: readonly number[] = [];
  #failedTries = 0;
  #freeAt = 0;

  constructor(fn: SimulatedFunction, take: Take) {
    this.#fn = fn;
    this.#take = take;
  }

  /** Writes an item, which makes a record. */
  put(at: number): void {
    this.#waiting.push(at);
  }

  /** Sends batches that begin before `until`. */
  async readUntil(until: number): Promise<void> {
    if (!this.isRead) this.#freeAt = until;
    for (let at = this.#nextBatchAt(until); at < until; at = this.#nextBatchAt(until)) await this.#sendBatch(at);
  }

  #nextBatchAt(until: number): number {
    return Math.max(this.#freeAt, (this.#waiting[0] ?? until) + SECOND_MS);
  }

  async #sendBatch(at: number): Promise<void> {
    // A failed batch is sent again unchanged.
    if (this.#failedTries === 0) this.#batch = this.#waiting.filter((record) => record <= at);
    const batch = this.#batch;
    const Records = batch.map((record, i) => ({ dynamodb: { SequenceNumber: `${record}-${i}` } }));
    const run = (context: Context) => this.#take({ Records } as DynamoDBStreamEvent, context);
    const ended = await this.#fn.call({ at, takesMs: SECOND_MS, run });
    const age = at - (batch.at(-1) ?? at);
    if (ended.kind !== 'throttled') this.#fn.report('IteratorAge', age, { at, sentAt: ended.at });
    const isDone = ended.kind === 'returned' && ended.result.batchItemFailures.length === 0;
    this.#failedTries = isDone ? 0 : this.#failedTries + 1;
    if (isDone) this.#waiting = this.#waiting.slice(batch.length);
    this.#freeAt = ended.at + (isDone ? 0 : Math.min(LONGEST_WAIT_MS, SECOND_MS * 2 ** this.#failedTries));
  }
}
