import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { propertiesOf, type Template, target } from '../../templates/template.ts';
import { MINUTE_MS, SECOND_MS } from './clock.ts';
import type { Inbox } from './inbox.ts';
import type { SimulatedFunction } from './simulated-function.ts';

type Receive = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

interface Message {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  receives: number;
  visibleAt: number;
}

/** A queue of the packaged template with its dead-letter queue, their metrics in AWS/SQS, and Lambda's mapping. */
export class SimulatedQueue {
  /** While false, the event source mapping is disabled. */
  isRead = true;
  /** The time that the function takes for a message. */
  takesMs = SECOND_MS;
  readonly dead: string[] = [];
  readonly #inbox: Inbox;
  readonly #template: Template;
  readonly #id: string;
  readonly #consumer: { readonly fn: SimulatedFunction; readonly receive: Receive };
  #messages: Message[] = [];
  #sent = 0;

  constructor(template: Template, id: string, consumer: { fn: SimulatedFunction; receive: Receive; inbox: Inbox }) {
    this.#template = template;
    this.#id = id;
    this.#inbox = consumer.inbox;
    this.#consumer = consumer;
  }

  send(at: number, body: string): void {
    this.#messages.push({ id: String(this.#sent++), body, sentAt: at, receives: 0, visibleAt: at });
  }

  /** Hides a message from `at` on. */
  hide(receiptHandle: string, { at, seconds }: { at: number; seconds: number }): void {
    const found = this.#messages.find(({ id }) => id === receiptHandle);
    if (found) found.visibleAt = at + seconds * SECOND_MS;
  }

  /** Delivers what becomes visible in the minute before `until`, one message in a call, and reports the lengths of both queues. */
  async deliverUntil(until: number): Promise<void> {
    const { dead } = this.#redrive();
    for (;;) {
      const next = this.isRead ? this.#messages.find(({ visibleAt }) => visibleAt < until) : undefined;
      if (next === undefined) break;
      await this.#deliver(next, Math.max(next.visibleAt, until - MINUTE_MS));
    }
    const waiting = this.#messages.filter(({ visibleAt }) => visibleAt < until);
    if (this.#messages.length > 0) this.#report(this.#id, 'ApproximateNumberOfMessagesVisible', waiting.length, until);
    this.#reportAge(until);
    if (this.dead.length > 0) this.#report(dead, 'ApproximateNumberOfMessagesVisible', this.dead.length, until);
  }

  async #deliver(message: Message, at: number): Promise<void> {
    if (message.receives >= this.#redrive().receives) {
      this.dead.push(message.body);
      this.#remove(message);
      return;
    }
    message.receives++;
    message.visibleAt = at + this.#redrive().visibilityMs;
    const { fn, receive } = this.#consumer;
    const event = { Records: [recordOf(message)] };
    const ended = await fn.call({ at, takesMs: this.takesMs, run: (context) => receive(event, context) });
    // Lambda holds the message, and tries it again: the queue has not handed it out a second time.
    if (ended.kind === 'throttled') {
      message.receives--;
      message.visibleAt = at + 60 * SECOND_MS;
    }
    if (ended.kind === 'returned' && ended.result.batchItemFailures.length === 0) this.#remove(message);
  }

  #remove(message: Message): void {
    this.#messages = this.#messages.filter((other) => other !== message);
  }

  #redrive(): { readonly dead: string; readonly receives: number; readonly visibilityMs: number } {
    const { RedrivePolicy, VisibilityTimeout } = propertiesOf(this.#template, this.#id);
    const { deadLetterTargetArn, maxReceiveCount } = RedrivePolicy as Record<string, unknown>;
    const dead = target(deadLetterTargetArn) ?? '';
    return { dead, receives: Number(maxReceiveCount), visibilityMs: Number(VisibilityTimeout) * SECOND_MS };
  }

  /** A message that was received more than three times does not count any more. */
  #reportAge(until: number): void {
    const counted = this.#messages.filter(({ receives }) => receives <= 3).map(({ sentAt }) => sentAt);
    const age = counted.length === 0 ? 0 : (until - Math.min(...counted)) / SECOND_MS;
    if (this.#messages.length > 0) this.#report(this.#id, 'ApproximateAgeOfOldestMessage', age, until);
  }

  /** SQS reports the metrics of a queue each minute while the queue is in use. */
  // biome-ignore lint/complexity/useMaxParams: a queue, and one value of it
  #report(id: string, name: string, value: number, until: number): void {
    const dimensions = { QueueName: String(propertiesOf(this.#template, id).QueueName) };
    this.#inbox.put({ namespace: 'AWS/SQS', name, dimensions, at: until - SECOND_MS, value });
  }
}

function recordOf({ id, body, receives }: Message): SQSRecord {
  const attributes = { ApproximateReceiveCount: String(receives) };
  return { messageId: id, receiptHandle: id, body, attributes } as SQSRecord;
}
