import type { EndpointsStore } from '../endpoints/endpoints-store.ts';
import type { Message } from '../messages/message.ts';
import { makeMessageId } from '../messages/message-id.ts';
import type { Attempt, DeliveriesStore, Delivery, DueDelivery } from './deliveries-store.ts';

/** Whether a delivery is held depends on its endpoint. */
export type Stores = DeliveriesStore & EndpointsStore;

export const T0 = 1_796_000_000_000;
export const MINUTE = 60_000;

export function message(at: number, more: Partial<Message> = {}): Message {
  const id = makeMessageId(at, 'alert.fired f1');
  return { id, type: 'alert.fired', timestamp: at, data: { firingId: 'f1' }, ...more };
}

export function failedAt(at: number): Attempt {
  return { at, status: 500, error: undefined, durationMs: 12, response: 'no' };
}

export function answeredAt(at: number): Attempt {
  return { at, status: 204, error: undefined, durationMs: 3, response: undefined };
}

export function brokenAt(at: number): Attempt {
  return { at, status: undefined, error: 'timeout', durationMs: 15_000, response: undefined };
}

export const first = message(T0);
/** The delivery of the first message to the endpoint `e1`. */
export const ref = { endpointId: 'e1', messageId: first.id };

/** What the tests of a contract do with a store. */
export function deskOf(store: () => Stores) {
  const claim = (attempt = 0, now = T0) => store().claim(ref, { attempt, now, leaseUntil: now + MINUTE });
  return {
    claim,
    claimed: async (attempt = 0, now = T0) => (await claim(attempt, now)) as Delivery,
    put(made = first, ...endpointIds: readonly string[]) {
      const targets = (endpointIds.length > 0 ? endpointIds : ['e1']).map((endpointId) => ({ endpointId }));
      return store().putMessage(made, { targets, now: T0 });
    },
    async disable(id = 'e1') {
      const made = { url: 'https://x.example', events: [], format: 'slack', asymmetric: false } as const;
      await store().createEndpoint({ ...made, id, secrets: [], createdAt: 1, keyId: 'k' });
      await store().updateEndpoint({ id, revision: 0 }, { disabled: { reason: 'asked', since: 1 } });
    },
    async due(now: number, limit = 100) {
      const found: DueDelivery[] = [];
      for await (const each of store().listDue({ now, limit })) found.push(each);
      return found;
    },
  };
}
