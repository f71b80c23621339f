import type { TableAccess } from '../table/table-access.ts';
import { createDynamoDeliveries } from './deliveries/dynamo-deliveries.ts';
import { createDynamoEndpoints } from './endpoints/dynamo-endpoints.ts';
import type { WebhooksStore } from './webhooks-store.ts';

/** Webhooks in DynamoDB, in the table of the notifications. */
export function createDynamoWebhooksStore(access: TableAccess): WebhooksStore {
  return { ...createDynamoEndpoints(access), ...createDynamoDeliveries(access) };
}
