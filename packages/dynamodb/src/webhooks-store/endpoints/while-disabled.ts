import { getItem } from '../../table/get-item.ts';
import { keyAttributes, type TableAccess } from '../../table/table-access.ts';
import type { TransactItem } from '../../table/updates/transact.ts';
import { endpointKey } from './endpoint-item.ts';

/** The condition, for a transaction, that an endpoint is disabled. */
export function whileDisabled({ tableName: TableName }: TableAccess, endpointId: string): TransactItem {
  const Key = keyAttributes(endpointKey(endpointId));
  return { ConditionCheck: { TableName, Key, ConditionExpression: 'attribute_exists(disabledReason)' } };
}

export async function isDisabled(access: TableAccess, endpointId: string): Promise<boolean> {
  return (await getItem(access, endpointKey(endpointId)))?.disabledReason !== undefined;
}
