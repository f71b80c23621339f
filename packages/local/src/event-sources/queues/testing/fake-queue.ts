import type { SourceClock } from '../../mappings/source-clock.ts';
import type { QueueMessage, QueuePort } from '../queue-port.ts';

/** What a fake queue is made with. */
export interface FakeQueueOptions {
  readonly visibilitySeconds: number;
  readonly isFifo?: boolean;
  /** A message that has been received this often goes to the dead letters instead of being handed over again. */
  readonly maxReceiveCount?: number;
}

/** A queue in memory, with the parts of SQS that a source sees. */
export interface FakeQueue extends QueuePort {
  send(
    number: number,
    options?: { readonly groupId?: string; readonly delayMs?: number; readonly bytes?: number },
  ): void;
  /** The numbers of the messages that were given up. */
  readonly deadLetters: readonly number[];
  /** The numbers of the messages that are in the queue, hidden or not. */
  left(): readonly number[];
  /** When each was handed over (epoch ms). */
  receivedAt(number: number): readonly number[];
}

interface Stored {
  readonly number: number;
  readonly groupId: string | undefined;
  readonly bytes: number;
  readonly received: number[];
  visibleAt: number;
}

/** Creates an empty queue whose time is the clock's. */
export function createFakeQueue(clock: SourceClock, options: FakeQueueOptions): FakeQueue {
  const { visibilitySeconds, isFifo = false, maxReceiveCount = Number.POSITIVE_INFINITY } = options;
  const stored: Stored[] = [];
  const all = new Map<number, Stored>();
  const deadLetters: number[] = [];

  const remove = (message: Stored) => stored.splice(stored.indexOf(message), 1);
  const isHidden = ({ visibleAt }: Stored) => visibleAt > clock.now();
  const inFlight = (groupId: string | undefined) =>
    isFifo && stored.some((other) => other.groupId === groupId && isHidden(other) && other.received.length > 0);
  const find = ({ messageId }: QueueMessage) => stored.find(({ number }) => `m${number}` === messageId);

  return {
    deadLetters,
    left: () => stored.map(({ number }) => number),
    receivedAt: (number) => all.get(number)?.received ?? [],
    send: (number, { groupId, delayMs = 0, bytes = 100 } = {}) => {
      const message = { number, groupId, bytes, received: [], visibleAt: clock.now() + delayMs };
      stored.push(message);
      all.set(number, message);
    },
    receive: async (max) => {
      const busy = new Set(stored.filter(({ groupId }) => inFlight(groupId)).map(({ groupId }) => groupId));
      const received: Stored[] = [];
      for (const message of [...stored]) {
        if (received.length === max) break;
        if (isHidden(message) || (isFifo && busy.has(message.groupId))) continue;
        if (message.received.length >= maxReceiveCount) {
          deadLetters.push(message.number);
          remove(message);
          continue;
        }
        message.received.push(clock.now());
        message.visibleAt = clock.now() + visibilitySeconds * 1000;
        received.push(message);
      }
      return received.map(toMessage);
    },
    delete: async (messages) => {
      for (const message of messages.map(find)) if (message !== undefined) remove(message);
    },
    hide: async (messages, seconds) => {
      for (const message of messages.map(find)) {
        if (message !== undefined) message.visibleAt = clock.now() + seconds * 1000;
      }
    },
  };
}

function toMessage({ number, bytes, received }: Stored): QueueMessage {
  const eventRecord = { number, messageId: `m${number}`, isEven: number % 2 === 0 };
  return {
    messageId: `m${number}`,
    receiptHandle: `m${number}:${received.length}`,
    receiveCount: received.length,
    eventRecord,
    bytes,
    filtered: () => ({ fields: {}, payload: Buffer.from(JSON.stringify(eventRecord)) }),
  };
}
