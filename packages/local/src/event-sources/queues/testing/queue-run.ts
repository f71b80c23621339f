import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import type { InvokeResult } from '../../../invoke/lambda-invoke.ts';
import type { RunningSource } from '../../mappings/event-source-mapping.ts';
import { createVirtualClock, type VirtualClock } from '../../mappings/testing/virtual-clock.ts';
import { type QueueContext, readQueueSettings } from '../queue-settings.ts';
import { startQueueSource } from '../queue-source.ts';
import { createFakeQueue, type FakeQueue, type FakeQueueOptions } from './fake-queue.ts';

export const DONE: InvokeResult = { outcome: 'returned', value: null };
export const FAILED: InvokeResult = { outcome: 'failed', reason: 'crash' };
export const CONTEXT: QueueContext = { queueName: 'jobs', functionTimeoutSeconds: 5, visibilitySeconds: 30 };

/** The answer that names these messages as failed. */
export const failing = (...numbers: number[]): InvokeResult => ({
  outcome: 'returned',
  value: { batchItemFailures: numbers.map((number) => ({ itemIdentifier: `m${number}` })) },
});

/** An invocation: the numbers of its messages, and its time. */
export interface Delivered {
  readonly numbers: readonly number[];
  readonly at: number;
}

/** What the function does. */
export type Answer = (delivery: Delivered) => InvokeResult | Promise<InvokeResult>;

/** A source before a queue in memory, on a virtual clock. */
export interface QueueRun {
  readonly clock: VirtualClock;
  readonly queue: FakeQueue;
  readonly delivered: readonly Delivered[];
  readonly lines: readonly string[];
  start(settings?: object, answer?: Answer, port?: FakeQueue): void;
  stop(): Promise<void>;
  /** Sends messages with these numbers, and wakes the source. */
  send(from: number, to?: number): void;
  /** Lets virtual time pass until the condition holds. */
  until(condition: () => boolean): Promise<void>;
  pass(ms: number): Promise<void>;
  batches(): readonly (readonly number[])[];
  isEmpty(): boolean;
  /** Stops the source and the clock. */
  end(): Promise<void>;
}

/** Creates an empty queue; nothing reads it before `start`. */
export function createQueueRun(options: Partial<FakeQueueOptions> = {}): QueueRun {
  const clock = createVirtualClock();
  const queue = createFakeQueue(clock, { visibilitySeconds: 30, ...options });
  const queueName = options.isFifo ? 'jobs.fifo' : 'jobs';
  const { maxReceiveCount } = options;
  const arn = 'arn:aws:sqs:us-east-1:000000000000:given-up';
  const deadLetters = maxReceiveCount === undefined ? undefined : { arn, maxReceiveCount };
  const delivered: Delivered[] = [];
  const lines: string[] = [];
  let source: RunningSource | undefined;
  const stop = async () => source?.stop();
  return {
    ...{ clock, queue, delivered, lines, stop },
    start: (settings = {}, answer = () => DONE, port = queue) => {
      const declared = { functionResponseType: 'ReportBatchItemFailures', ...settings };
      source = startQueueSource({
        ...{ port, clock, visibilitySeconds: 30, deadLetters, log: (line) => void lines.push(line) },
        settings: readQueueSettings(declared, {}, { ...CONTEXT, queueName }),
        invoke: async (event) => {
          const { Records } = event as { Records: { number: number }[] };
          const delivery = { numbers: Records.map(({ number }) => number), at: clock.now() };
          delivered.push(delivery);
          return answer(delivery);
        },
      });
    },
    send: (from, to = from) => {
      for (let number = from; number <= to; number += 1) queue.send(number);
      source?.wake();
    },
    until: async (condition) => {
      for (let turns = 0; turns < 5000 && !condition(); turns += 1) await turn();
      expect(condition(), condition.toString()).to.equal(true);
    },
    pass: (ms) => clock.sleep(ms, new AbortController().signal),
    batches: () => delivered.map(({ numbers }) => numbers),
    isEmpty: () => queue.left().length === 0,
    end: () => stop().finally(clock.stop),
  };
}
