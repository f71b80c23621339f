import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { keyAttributes, type TableAccess, type TableItem, type TableKey } from './table-access.ts';

/** Reads an item consistently; undefined if there is none. */
export async function getItem({ client, tableName }: TableAccess, key: TableKey): Promise<TableItem | undefined> {
  const get = new GetItemCommand({ TableName: tableName, Key: keyAttributes(key), ConsistentRead: true });
  return (await client.send(get)).Item;
}
