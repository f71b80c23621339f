import { padSequenceNumber, type StreamRecord } from '@weir/events';
import { kinesisEvent, type TestRecord } from '@weir/ingest-stream/src/testing/kinesis-event.ts';
import type { Context, KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import { propertiesOf, type Template } from '../../templates/template.ts';
import { SECOND_MS } from './clock.ts';
import type { Inbox } from './inbox.ts';
import type { SimulatedFunction } from './simulated-function.ts';

/** Lambda does not document its wait before it sends a batch again. This is the longest sensible wait. */
const LONGEST_WAIT_MS = 60 * SECOND_MS;

type Consume = (event: KinesisStreamEvent, context: Context) => Promise<KinesisStreamBatchResponse>;

/** A stream of one shard with its metrics in AWS/Kinesis, and Lambda's event source mapping: one batch at a time. */
export class SimulatedStream {
  /** While false, the event source mapping is disabled. */
  isRead = true;
  /** While true, producers send more than the shard takes. */
  isFull = false;
  /** The time that the function takes for a batch. */
  batchTakesMs = SECOND_MS;
  maxBatchRecords = 10_000;
  readonly #inbox: Inbox;
  readonly #streamName: string;
  readonly #consumer: { readonly fn: SimulatedFunction; readonly consume: Consume };
  readonly #shardId: string;
  #waiting: TestRecord[] = [];
  #batch: readonly TestRecord[] = [];
  #sent = 0;
  #failedTries = 0;
  #freeAt = 0;

  constructor(
    template: Template,
    inbox: Inbox,
    consumer: { shardId: string; fn: SimulatedFunction; consume: Consume },
  ) {
    this.#inbox = inbox;
    this.#streamName = propertiesOf(template, 'EventStream').Name as string;
    this.#shardId = consumer.shardId;
    this.#consumer = consumer;
  }

  /** Puts a record onto the stream. */
  put(at: number, text: string): void {
    if (this.isFull) this.#report('WriteProvisionedThroughputExceeded', at);
    this.#report('IncomingRecords', at);
    this.#sent++;
    const sequenceNumber = String(this.#sent);
    this.#waiting.push({ sequenceNumber, arrival: at, data: Buffer.from(text).toString('base64') });
  }

  /** The records that the consumer has not finished. */
  waiting(): readonly StreamRecord[] {
    return this.#waiting.map(({ sequenceNumber, arrival, data }) => ({
      ...{ sequenceNumber: padSequenceNumber(sequenceNumber), partitionKey: 'k', arrival, data },
    }));
  }

  /** Sends batches that begin before `until`. */
  async readUntil(until: number): Promise<void> {
    if (!this.isRead) this.#freeAt = until;
    for (let at = this.#nextBatchAt(until); at < until; at = this.#nextBatchAt(until)) await this.#sendBatch(at);
  }

  /** The time when the batch window of the first waiting record is over, and the batch before it is done. */
  #nextBatchAt(until: number): number {
    const [first] = this.#waiting;
    return Math.max(this.#freeAt, (first?.arrival ?? until) + SECOND_MS);
  }

  async #sendBatch(at: number): Promise<void> {
    // A failed batch is sent again unchanged.
    if (this.#failedTries === 0) this.#batch = this.#nextBatch(at);
    const batch = this.#batch;
    const { fn, consume } = this.#consumer;
    const event = kinesisEvent(this.#shardId, batch);
    const ended = await fn.call({ at, takesMs: this.batchTakesMs, run: (context) => consume(event, context) });
    if (ended.kind !== 'throttled') {
      fn.report('IteratorAge', at - (batch.at(-1)?.arrival ?? at), { at, sentAt: ended.at });
    }
    const isDone = ended.kind === 'returned' && ended.result.batchItemFailures.length === 0;
    this.#failedTries = isDone ? 0 : this.#failedTries + 1;
    if (isDone) this.#waiting = this.#waiting.slice(batch.length);
    this.#freeAt = ended.at + (isDone ? 0 : Math.min(LONGEST_WAIT_MS, SECOND_MS * 2 ** this.#failedTries));
  }

  #nextBatch(at: number): readonly TestRecord[] {
    return this.#waiting.filter(({ arrival }) => arrival <= at).slice(0, this.maxBatchRecords);
  }

  #report(name: string, at: number): void {
    const dimensions = { StreamName: this.#streamName };
    this.#inbox.put({ namespace: 'AWS/Kinesis', name, dimensions, at, value: 1 });
  }
}
