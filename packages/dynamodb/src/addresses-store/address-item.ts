import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { keyAttributes, type TableItem, type TableKey } from '../table/table-access.ts';
import { type Address, type AddressStatus, ERASED_ADDRESS_KEPT_MS, type NewAddress } from './addresses-store.ts';

/** One partition: a list, and what finds receivers, is a query. */
export const ADDRESSES_PARTITION = 'addresses';

/** An active address. */
export function addressItem({ id, address, receives, secret, createdAt }: NewAddress): TableItem {
  return {
    ...{ ...keyAttributes(addressKey(id)), address: { S: address }, receives: receivesList(receives) },
    ...{ secret: { S: secret }, status: { S: 'active' } },
    ...{ createdAt: { N: `${createdAt}` }, updatedAt: { N: `${createdAt}` } },
  };
}

export function addressKey(id: string): TableKey {
  return { pk: ADDRESSES_PARTITION, sk: id };
}

/** All that is kept of an erased address. */
export function erasedItem(id: string, at: number): TableItem {
  return {
    ...{ ...keyAttributes(addressKey(id)), receives: receivesList([]), status: { S: 'erased' } },
    ...{ createdAt: { N: `${at}` }, updatedAt: { N: `${at}` } },
    expiresAt: { N: `${Math.ceil((at + ERASED_ADDRESS_KEPT_MS) / 1000)}` },
  };
}

export function receivesList(receives: readonly string[]): AttributeValue {
  return { L: receives.map((S) => ({ S })) };
}

export function storedAddress(item: TableItem): Address {
  return {
    ...{ id: item.sk?.S ?? '', address: item.address?.S, secret: item.secret?.S },
    receives: (item.receives?.L ?? []).map(({ S = '' }) => S),
    ...{ status: item.status?.S as AddressStatus, reason: item.reason?.S },
    ...{ createdAt: Number(item.createdAt?.N), updatedAt: Number(item.updatedAt?.N) },
  };
}
