import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { chunks, mapSome, pauseBefore } from './batches.ts';
import { keyAttributes, type TableAccess, type TableItem, type TableKey } from './table-access.ts';

/** Keys in one BatchGetItem (DynamoDB's limit). */
const KEYS_PER_GET = 100;

/**
 * The items that exist under these keys, in no order, each read consistently. Keys that DynamoDB leaves out are asked
 * for again.
 */
export async function getItems(access: TableAccess, keys: readonly TableKey[]): Promise<TableItem[]> {
  return (await mapSome(chunks(keys, KEYS_PER_GET), (batch) => getBatch(access, batch))).flat();
}

async function getBatch({ client, tableName }: TableAccess, keys: readonly TableKey[]): Promise<TableItem[]> {
  const items: TableItem[] = [];
  let left: TableItem[] = keys.map(keyAttributes);
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt > 0) await pauseBefore(attempt, 'read all items');
    const RequestItems = { [tableName]: { Keys: left, ConsistentRead: true } };
    const { Responses, UnprocessedKeys } = await client.send(new BatchGetItemCommand({ RequestItems }));
    const found = Responses?.[tableName] ?? [];
    items.push(...found);
    left = UnprocessedKeys?.[tableName]?.Keys ?? [];
    // DynamoDB cuts a reply at 16 MB: the rest is the next page, not a fault.
    if (found.length > 0) attempt = -1;
  }
  return items;
}
