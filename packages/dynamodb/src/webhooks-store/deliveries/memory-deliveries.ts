import type { Endpoint } from '../endpoints/endpoints-store.ts';
import type { Message } from '../messages/message.ts';
import { messageTime } from '../messages/message-id.ts';
import type { DeliveriesStore, Delivery, DeliveryRef } from './deliveries-store.ts';
import {
  askedAgain,
  canClaim,
  isFree,
  isRecoverable,
  newDelivery,
  notHeld,
  type StoredDelivery,
  withLease,
  withOutcome,
} from './delivery-changes.ts';

/** What the table holds, as far as deliveries need it. */
export interface DeliveriesState {
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly messages: Map<string, Message>;
  readonly deliveries: Map<string, StoredDelivery>;
}

/** Deliveries in memory, for tests. `turn` is awaited before each step. */
export function createMemoryDeliveries(state: DeliveriesState, turn: () => Promise<void>): DeliveriesStore {
  const { messages, deliveries } = state;
  const isDisabled = (endpointId: string) => state.endpoints.get(endpointId)?.status === 'disabled';
  const find = (ref: DeliveryRef) => deliveries.get(nameOf(ref));
  const put = (delivery: StoredDelivery) => {
    deliveries.set(nameOf(delivery), delivery);
    return deliveryOf(delivery);
  };
  const ofEndpoint = (endpointId: string) => {
    return [...deliveries.values()].filter((each) => each.endpointId === endpointId).sort(byMessage);
  };

  return {
    async putMessage(message, made) {
      await turn();
      const { kept = message.data, data: _data, ...rest } = message;
      if (!messages.has(message.id)) messages.set(message.id, { ...rest, data: kept });
      for (const target of made.targets) {
        await turn();
        const isHeld = target.isHeld === true && isDisabled(target.endpointId);
        const delivery = newDelivery(message, { ...target, isHeld }, made);
        if (!find(delivery)) put(delivery);
      }
    },

    async findMessage(id) {
      await turn();
      return messages.get(id);
    },

    async findDelivery(ref) {
      await turn();
      const found = find(ref);
      return found && deliveryOf(found);
    },

    async listDeliveries(endpointId, { after, limit }) {
      await turn();
      const rest = ofEndpoint(endpointId)
        .reverse()
        .filter(({ messageId }) => after === undefined || messageId < after);
      const next = rest.length > limit ? rest[limit - 1]?.messageId : undefined;
      return { deliveries: rest.slice(0, limit).map(deliveryOf), next };
    },

    async claim(ref, { attempt, now, leaseUntil }) {
      await turn();
      const found = find(ref);
      return found && canClaim(found, attempt, now) ? put(withLease(found, leaseUntil)) : undefined;
    },

    async finish(claimed, outcome) {
      await turn();
      const found = find(claimed);
      if (found?.attempt !== claimed.attempt || found.leaseUntil !== claimed.leaseUntil) return false;
      const isToHold = outcome.status === 'held' && !isDisabled(claimed.endpointId);
      put(withOutcome(claimed, isToHold ? notHeld(claimed, outcome) : outcome));
      return true;
    },

    async removeDelivery(ref) {
      await turn();
      deliveries.delete(nameOf(ref));
    },

    async retry(ref, now) {
      await turn();
      const found = find(ref);
      if (!found) return 'unknown';
      if (!isFree(found, now)) return 'busy';
      put(askedAgain(found, now));
      return 'asked';
    },

    async recover(endpointId, { since, until, now, limit, isLate = () => false }) {
      await turn();
      const isInRange = (time: number) => time >= since && time < until;
      const wanted = ofEndpoint(endpointId).filter((each) => {
        return isInRange(messageTime(each.messageId)) && isRecoverable(each);
      });
      let count = 0;
      while (count < Math.min(limit, wanted.length) && (count === 0 || !isLate())) {
        put(askedAgain(wanted[count++] as StoredDelivery, now));
      }
      const rest = wanted[count];
      return { count, next: rest && messageTime(rest.messageId) };
    },

    async *listDue({ now, limit }) {
      await turn();
      const due = [...deliveries.values()].flatMap(({ dueAt, endpointId, messageId, attempt }) => {
        return dueAt === undefined || dueAt > now ? [] : [{ endpointId, messageId, attempt, dueAt }];
      });
      yield* due.sort((a, b) => a.dueAt - b.dueAt).slice(0, limit);
    },

    async noteSent({ attempt, dueAt, ...ref }, until) {
      await turn();
      const found = find(ref);
      if (found?.attempt !== attempt || found.dueAt !== dueAt) return false;
      put({ ...found, dueAt: until });
      return true;
    },

    async markTime() {
      await turn();
    },
  };
}

function nameOf({ endpointId, messageId }: DeliveryRef): string {
  return `${endpointId} ${messageId}`;
}

function byMessage(a: DeliveryRef, b: DeliveryRef): number {
  return a.messageId < b.messageId ? -1 : 1;
}

function deliveryOf({ dueAt: _dueAt, askedAt: _askedAt, ...delivery }: StoredDelivery): Delivery {
  return delivery;
}
