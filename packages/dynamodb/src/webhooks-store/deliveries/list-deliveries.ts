import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { partitionQuery } from '../../table/query-pages.ts';
import { keyAttributes, type TableAccess } from '../../table/table-access.ts';
import type { DeliveriesPage, DeliveriesStore } from './deliveries-store.ts';
import { deliveriesPartition, deliveryKey, storedDelivery } from './delivery-item.ts';

/** A page of an endpoint's deliveries, the newest message first. */
export async function listDeliveries(
  { client, tableName: TableName }: TableAccess,
  endpointId: string,
  { after, limit }: Parameters<DeliveriesStore['listDeliveries']>[1],
): Promise<DeliveriesPage> {
  const from = after === undefined ? undefined : keyAttributes(deliveryKey({ endpointId, messageId: after }));
  const query = {
    ...{ TableName, ...partitionQuery(deliveriesPartition(endpointId)), ScanIndexForward: false },
    // One more than asked for: DynamoDB names a next page even if that page is empty.
    ...{ ConsistentRead: true, Limit: limit + 1, ExclusiveStartKey: from },
  };
  const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(query));
  const deliveries = Items.slice(0, limit).map(storedDelivery);
  // A page that was cut at 1 MB has a last key.
  const hasMore = Items.length > limit || (LastEvaluatedKey !== undefined && Items.length > 0);
  return { deliveries, next: hasMore ? deliveries.at(-1)?.messageId : undefined };
}
