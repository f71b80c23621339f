import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { TableAccess } from '../../table/table-access.ts';
import type { DueDelivery } from './deliveries-store.ts';
import { DUE_INDEX, DUE_SHARDS, storedDue } from './delivery-item.ts';

/** What is due, as the index knows it: an equal share of the limit from each shard. */
export async function* listDue(
  { client, tableName: TableName }: TableAccess,
  { now, limit }: { readonly now: number; readonly limit: number },
): AsyncIterable<DueDelivery> {
  const Limit = Math.max(1, Math.floor(limit / DUE_SHARDS.length));
  const shards = await Promise.all(
    DUE_SHARDS.map((shard) => {
      const query = {
        ...{ TableName, IndexName: DUE_INDEX, Limit },
        KeyConditionExpression: 'dueShard = :shard AND dueAt <= :now',
        ExpressionAttributeValues: { ':shard': { S: shard }, ':now': { N: `${now}` } },
      };
      return client.send(new QueryCommand(query));
    }),
  );
  const due = shards.flatMap(({ Items = [] }) => Items.map(storedDue));
  yield* due.sort((a, b) => a.dueAt - b.dueAt).slice(0, limit);
}
