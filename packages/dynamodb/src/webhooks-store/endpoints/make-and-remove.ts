import { pauseBefore } from '../../table/batches.ts';
import { getItem } from '../../table/get-item.ts';
import { partitionQuery, queryPages } from '../../table/query-pages.ts';
import { keyAttributes, type TableAccess, type TableItem } from '../../table/table-access.ts';
import { ItemUpdate } from '../../table/updates/item-update.ts';
import { transact } from '../../table/updates/transact.ts';
import { newEndpoint } from './endpoint-changes.ts';
import { ENDPOINTS_PARTITION, endpointItem, endpointKey, removedItem, removedKey } from './endpoint-item.ts';
import { type EndpointsStore, MAX_ENDPOINTS, type NewEndpoint } from './endpoints-store.ts';

/** Writes a new endpoint, on condition that no endpoint has its id, or had it before it was removed. */
export async function createEndpoint(
  access: TableAccess,
  made: NewEndpoint,
): ReturnType<EndpointsStore['createEndpoint']> {
  const { client, tableName: TableName } = access;
  const isNew = { ConditionExpression: 'attribute_not_exists(pk)' };
  const writes = [
    { Put: { TableName, Item: endpointItem(newEndpoint(made)), ...isNew } },
    { ConditionCheck: { TableName, Key: keyAttributes(removedKey(made.id)), ...isNew } },
  ];
  for (let attempt = 0; ; attempt++) {
    if (attempt > 0) await pauseBefore(attempt, 'make an endpoint');
    // First whether it is there: a request that is repeated must find its endpoint though there is room for no other.
    const endpoints = await readEndpoints(access);
    if (endpoints.some(({ sk }) => sk?.S === made.id)) return 'exists';
    if (endpoints.length >= MAX_ENDPOINTS) return 'full';
    if (await getItem(access, removedKey(made.id))) return 'removed';
    if (await transact(client, writes)) return 'created';
  }
}

/** Removes an endpoint, and keeps its id from being used again, in one transaction. */
export async function removeEndpoint(access: TableAccess, id: string, now: number): Promise<boolean> {
  const { client, tableName: TableName } = access;
  const isThere = new ItemUpdate().whenThere().buildCondition();
  const Delete = { TableName, Key: keyAttributes(endpointKey(id)), ...isThere };
  for (let attempt = 0; ; attempt++) {
    if (attempt > 0) await pauseBefore(attempt, 'remove an endpoint');
    if (await transact(client, [{ Delete }, { Put: { TableName, Item: removedItem(id, now) } }])) return true;
    if (!(await getItem(access, endpointKey(id)))) return false;
  }
}

/** The items of all endpoints. */
export async function readEndpoints(access: TableAccess): Promise<TableItem[]> {
  const items: TableItem[] = [];
  for await (const page of queryPages(access, partitionQuery(ENDPOINTS_PARTITION))) items.push(...page);
  return items;
}
