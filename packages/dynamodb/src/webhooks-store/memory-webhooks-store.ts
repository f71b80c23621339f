import type { DeliveriesStore } from './deliveries/deliveries-store.ts';
import type { StoredDelivery } from './deliveries/delivery-changes.ts';
import { createMemoryDeliveries } from './deliveries/memory-deliveries.ts';
import type { EndpointsStore } from './endpoints/endpoints-store.ts';
import { createMemoryEndpoints, type EndpointsState } from './endpoints/memory-endpoints.ts';
import type { Message } from './messages/message.ts';
import type { WebhooksStore } from './webhooks-store.ts';

/** What the table holds. */
export interface WebhooksState extends EndpointsState {
  readonly messages: Map<string, Message>;
  /** By `<endpoint> <message>`. */
  readonly deliveries: Map<string, StoredDelivery>;
}

/** A state without anything. */
export function emptyWebhooks(): WebhooksState {
  return { endpoints: new Map(), removed: new Set(), messages: new Map(), deliveries: new Map() };
}

/**
 * Webhooks in memory, for tests: each step that is atomic in DynamoDB is one step here. `turn` is awaited before each
 * step. Several stores with one state are several connections to one table.
 */
export function createMemoryWebhooksStore(turn = async () => {}, state = emptyWebhooks()): WebhooksStore {
  const endpoints: EndpointsStore = createMemoryEndpoints(state, turn);
  const deliveries: DeliveriesStore = createMemoryDeliveries(state, turn);
  return { ...endpoints, ...deliveries };
}
