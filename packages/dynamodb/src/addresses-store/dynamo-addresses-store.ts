import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { putOnce } from '../table/conditional-write.ts';
import { getItem } from '../table/get-item.ts';
import { partitionQuery, pastQuery, queryPages } from '../table/query-pages.ts';
import { keyAttributes, type TableAccess } from '../table/table-access.ts';
import { ItemUpdate } from '../table/updates/item-update.ts';
import { updateIf } from '../table/updates/transact.ts';
import {
  ADDRESSES_PARTITION,
  addressItem,
  addressKey,
  erasedItem,
  receivesList,
  storedAddress,
} from './address-item.ts';
import type { Address, AddressesStore } from './addresses-store.ts';

/** Addresses in DynamoDB, in the table of the notifications: an item for each. */
export function createDynamoAddressesStore(access: TableAccess): AddressesStore {
  const { client, tableName: TableName } = access;
  return {
    async addAddress(address, most) {
      if (Number.isFinite(most) && (await readAll(access)).length >= most) {
        return (await getItem(access, addressKey(address.id))) ? 'exists' : 'full';
      }
      return (await putOnce(access, addressKey(address.id), addressItem(address))) ? 'added' : 'exists';
    },

    async findAddress(id) {
      const item = await getItem(access, addressKey(id));
      return item && storedAddress(item);
    },

    async listAddresses({ after, limit }) {
      const range = after === undefined ? partitionQuery(ADDRESSES_PARTITION) : pastQuery(addressKey(after));
      // One more than asked for: DynamoDB names a next page even if that page is empty.
      const query = new QueryCommand({ TableName, ConsistentRead: true, Limit: limit + 1, ...range });
      const { Items = [] } = await client.send(query);
      const addresses = Items.slice(0, limit).map(storedAddress);
      return { addresses, next: Items.length > limit ? addresses.at(-1)?.id : undefined };
    },

    async listReceivers(type) {
      return (await readAll(access)).filter(({ status, receives }) => status === 'active' && receives.includes(type));
    },

    async setReceives(id, receives, at) {
      const update = new ItemUpdate().set('receives', receivesList(receives)).set('updatedAt', at);
      const item = await updateIf(access, addressKey(id), update.when('status', '=', 'active').build());
      return item && storedAddress(item);
    },

    async endAddress(id, { status, reason, at }) {
      const update = new ItemUpdate().set('status', status).set('updatedAt', at).when('status', '=', 'active');
      if (reason !== undefined) update.set('reason', reason);
      return (await updateIf(access, addressKey(id), update.build())) !== undefined;
    },

    async eraseAddress(id, at) {
      const Item = erasedItem(id, at);
      const { Attributes } = await client.send(new PutItemCommand({ TableName, Item, ReturnValues: 'ALL_OLD' }));
      return Attributes !== undefined && storedAddress(Attributes).status !== 'erased';
    },

    async listErased() {
      const erased = (await readAll(access)).filter(({ status }) => status === 'erased');
      return new Set(erased.map(({ id }) => id));
    },

    async removeAddress(id) {
      const Key = keyAttributes(addressKey(id));
      const { Attributes } = await client.send(new DeleteItemCommand({ TableName, Key, ReturnValues: 'ALL_OLD' }));
      return Attributes !== undefined;
    },
  };
}

async function readAll(access: TableAccess): Promise<Address[]> {
  const addresses: Address[] = [];
  for await (const page of queryPages(access, partitionQuery(ADDRESSES_PARTITION))) {
    addresses.push(...page.map(storedAddress));
  }
  return addresses;
}
