import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import { getItem } from '../table/get-item.ts';
import { describeAddressesStore, newAddress } from './addresses-store.contract.ts';
import { ERASED_ADDRESS_KEPT_MS } from './addresses-store.ts';
import { createDynamoAddressesStore } from './dynamo-addresses-store.ts';

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  describeAddressesStore('in DynamoDB', async () => createDynamoAddressesStore(await tables.create()));

  it('expires an erased address, and only that', async () => {
    const access = await tables.create();
    const store = createDynamoAddressesStore(access);
    await store.addAddress(newAddress('a1'), 10);
    const expiry = async () => (await getItem(access, { pk: 'addresses', sk: 'a1' }))?.expiresAt?.N;
    await store.endAddress('a1', { status: 'unsubscribed', at: 9 });
    expect(await expiry()).to.equal(undefined);
    const erasedAt = Date.UTC(2026, 0, 1);
    await store.eraseAddress('a1', erasedAt);
    expect(await expiry()).to.equal(`${(erasedAt + ERASED_ADDRESS_KEPT_MS) / 1000}`);
  });
});
