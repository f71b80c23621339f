import type { DeliveriesStore } from './deliveries/deliveries-store.ts';
import type { EndpointsStore } from './endpoints/endpoints-store.ts';

/** Endpoints, messages, and deliveries. */
export interface WebhooksStore extends EndpointsStore, DeliveriesStore {}
