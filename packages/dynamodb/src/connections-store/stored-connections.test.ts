import { expect } from 'chai';
import { scriptedTable } from '../testing/scripted-table.ts';
import { createDynamoConnectionsStore } from './dynamo-connections-store.ts';

/** A store over a table that answers every read with this item. */
const storeWith = (Item: object) =>
  createDynamoConnectionsStore(scriptedTable({ Item, Items: [Item] } as object).access);

describe('the stored form', () => {
  it('of a connection is read, of one with everything and of one with little', async () => {
    const least = {
      ...{ pk: { S: 'connections' }, sk: { S: 'c1' }, connectedAt: { N: '7' }, keyId: { S: 'bootstrap' } },
      ...{ revision: { N: '0' }, expiresAt: { N: '99' } },
    };
    const connection = { id: 'c1', connectedAt: 7, keyId: 'bootstrap', revision: 0 };
    expect(await storeWith(least).find('c1')).to.deep.equal({
      ...{ ...connection, keyExpiresAt: undefined, actionPrefixes: undefined },
    });
    const whole = {
      ...{ ...least, revision: { N: '3' }, keyExpiresAt: { N: '9' } },
      actionPrefixes: { L: [{ S: 'shop.' }] },
    };
    expect(await storeWith(whole).all()).to.deep.equal([
      { ...connection, revision: 3, keyExpiresAt: 9, actionPrefixes: ['shop.'] },
    ]);
  });

  it('of a subscription is read', async () => {
    const item = {
      ...{ pk: { S: 'subscriptions#c1' }, sk: { S: 's1' }, actions: { L: [{ S: 'buy' }] }, interval: { S: 'hour' } },
      expiresAt: { N: '99' },
    };
    expect(await storeWith(item).subscriptions('c1')).to.deep.equal([{ id: 's1', actions: ['buy'], interval: 'hour' }]);
  });
});
