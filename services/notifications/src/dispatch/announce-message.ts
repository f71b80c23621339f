import type { Endpoint, Message, WebhooksStore } from '@weir/dynamodb/webhooks';
import type { SendDeliveries } from '../queues/delivery-message.ts';

/** If a process dies before it has sent the messages, the clock sends them after this time. */
const GRACE_MS = 2 * 60_000;

/** What the dispatcher needs. */
export interface DispatchDeps {
  readonly store: Pick<WebhooksStore, 'putMessage' | 'allEndpoints'>;
  readonly send: SendDeliveries;
  readonly now: () => number;
}

/**
 * Makes a message, and its deliveries to the endpoints that `isFor` names, and has them sent. It may be called again
 * with the same message: what is there stays, and what comes twice into a queue is dropped. A disabled endpoint's wait.
 */
export async function announceMessage(
  { store, send, now }: DispatchDeps,
  message: Message,
  isFor: (endpoint: Endpoint) => boolean,
): Promise<void> {
  const endpoints = (await store.allEndpoints()).filter(isFor);
  if (endpoints.length === 0) return;
  const madeAt = now();
  const targets = endpoints.map(({ id, status }) => ({ endpointId: id, isHeld: status === 'disabled' }));
  await store.putMessage(message, { targets, now: madeAt, dueAt: madeAt + GRACE_MS });
  await send(
    endpoints
      .filter(({ status }) => status === 'enabled')
      .map(({ id, health }) => ({
        ...{ endpointId: id, messageId: message.id, attempt: 0, lane: health.slow ? 'slow' : 'fast' },
      })),
  );
}

/** Endpoints that asked for the events of a type. */
export function takes(type: string): (endpoint: Endpoint) => boolean {
  return ({ events }) => events.includes(type);
}
