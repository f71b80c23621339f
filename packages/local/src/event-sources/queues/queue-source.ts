import { createPermits } from '../../invoke/permits.ts';
import { createDoorbell } from '../mappings/doorbell.ts';
import type { RunningSource } from '../mappings/event-source-mapping.ts';
import { deliverMessages, type MessageDeliveryDeps } from './deliver-messages.ts';
import { gatherMessages } from './gather-messages.ts';

/** What an event source mapping for a queue needs. */
export type QueueSourceDeps = Omit<MessageDeliveryDeps, 'stopping'>;

/**
 * Starts one poller for each concurrent invocation. Pollers receive in turn: a message is received only when a poller is
 * free to deliver it.
 */
export function startQueueSource(deps: QueueSourceDeps): RunningSource {
  const stopping = new AbortController();
  const doorbell = createDoorbell(deps.clock, stopping.signal);
  const alone = createPermits(1);
  const own = { ...deps, doorbell, stopping: stopping.signal };

  const poll = async () => {
    while (!stopping.signal.aborted) {
      const messages = await alone(() => gatherMessages(own));
      if (messages.length > 0) await deliverMessages(messages, own);
    }
  };
  const polling = Array.from({ length: deps.settings.concurrency }, poll);

  return {
    wake: doorbell.ring,
    stop: async () => {
      stopping.abort();
      await Promise.all(polling);
    },
  };
}
