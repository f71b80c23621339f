/** What a FIFO queue of fauxqs has inside. */
export interface FauxqsFifoQueue {
  readonly fifoMessages: Map<string, { readonly sequenceNumber?: string }[]>;
  readonly inflightMessages: Map<string, unknown>;
  /** The groups of which messages are in flight, and how many. */
  fifoLockedGroups: Map<string, number>;
  processTimers(): void;
  changeVisibility(receiptHandle: string, seconds: number): void;
  dequeueFifo(max: number, visibilitySeconds: number | undefined, findDeadLetterQueue: unknown): readonly unknown[];
}

/**
 * Makes fauxqs' FIFO queues hand over several messages of a group at once, as SQS does ("as many messages with the same
 * message group ID as possible"); by itself fauxqs hands over one. Messages that come back to a group keep their order.
 */
export function mendFifoGroups(queue: FauxqsFifoQueue): void {
  const { dequeueFifo, processTimers, changeVisibility } = queue;

  queue.processTimers = function (this: FauxqsFifoQueue) {
    keepOrder(this, () => processTimers.call(this));
  };
  queue.changeVisibility = function (this: FauxqsFifoQueue, ...change) {
    keepOrder(this, () => changeVisibility.apply(this, change));
  };
  queue.dequeueFifo = function (this: FauxqsFifoQueue, max, ...others) {
    this.processTimers();
    const locks = this.fifoLockedGroups;
    const free = [...this.fifoMessages.keys()].filter((groupId) => !locks.has(groupId));
    const received: unknown[] = [];
    for (const groupId of free) {
      // Its own dequeue takes one message of each group that it finds unlocked.
      this.fifoLockedGroups = withOneUnlocked(locks, groupId);
      while (received.length < max) {
        const [message] = dequeueFifo.call(this, 1, ...others);
        if (message === undefined) break;
        received.push(message);
      }
      this.fifoLockedGroups = locks;
    }
    return received;
  };
}

/** fauxqs puts each message that comes back before the others of its group: of several, the last one would be first. */
function keepOrder(queue: FauxqsFifoQueue, work: () => void): void {
  const before = queue.inflightMessages.size;
  work();
  if (queue.inflightMessages.size === before) return;
  for (const messages of queue.fifoMessages.values()) {
    messages.sort((a, b) => Number(a.sequenceNumber ?? 0) - Number(b.sequenceNumber ?? 0));
  }
}

/** The same locks, written through, except that `groupId` seems free and all other groups seem locked. */
function withOneUnlocked(locks: Map<string, number>, groupId: string): Map<string, number> {
  return new Proxy(locks, {
    get: (target, name) => {
      if (name === 'has') return (other: string) => other !== groupId;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
