import type { TableItem } from '../table/table-access.ts';
import type { Delivery } from './deliveries/deliveries-store.ts';
import { deliveriesPartition, storedDelivery } from './deliveries/delivery-item.ts';
import { ENDPOINTS_PARTITION, storedEndpoint } from './endpoints/endpoint-item.ts';
import type { Endpoint } from './endpoints/endpoints-store.ts';

/** An endpoint or a delivery, as the table's stream shows it. */
export type StoredWebhook =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint }
  /** `isAsked`: the stream is to have it sent. */
  | { readonly kind: 'delivery'; readonly delivery: Delivery; readonly isAsked: boolean };

/** The endpoint or the delivery that an item of the table is; `undefined` if it is neither. */
export function storedWebhook(item: TableItem): StoredWebhook | undefined {
  const partition = item.pk?.S ?? '';
  if (partition === ENDPOINTS_PARTITION) return { kind: 'endpoint', endpoint: storedEndpoint(item) };
  if (!partition.startsWith(deliveriesPartition(''))) return undefined;
  return { kind: 'delivery', delivery: storedDelivery(item), isAsked: item.askedAt !== undefined };
}
