import { createVirtualClock, type VirtualClock } from '../../mappings/testing/virtual-clock.ts';
import { createFakeQueue } from './fake-queue.ts';
import { queueContract } from './queue-port.contract.ts';

describe('the queue in memory', () => {
  let clock: VirtualClock;
  beforeEach(() => {
    clock = createVirtualClock();
  });
  afterEach(() => clock.stop());

  queueContract({
    create: async (options) => {
      const queue = createFakeQueue(clock, { visibilitySeconds: 2, ...options });
      return {
        port: queue,
        send: async (number, { groupId, delaySeconds = 0 } = {}) =>
          queue.send(number, { delayMs: delaySeconds * 1000, ...(groupId === undefined ? {} : { groupId }) }),
        deadLetters: async () => queue.deadLetters,
      };
    },
    numberOf: ({ messageId }) => Number(messageId.slice(1)),
    pass: (seconds) => clock.sleep(seconds * 1000, new AbortController().signal),
  });
});
