import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import { getItem } from '../table/get-item.ts';
import { describeConnectionsStore } from './connections-store.contract.ts';
import { CONNECTION_KEPT_MS } from './connections-store.ts';
import { createDynamoConnectionsStore } from './dynamo-connections-store.ts';

const NOW = 1_796_000_000_000;
const CONNECTION = {
  ...{ id: 'c1', connectedAt: NOW, keyId: 'k1', keyExpiresAt: undefined, actionPrefixes: undefined },
};

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  describeConnectionsStore('in DynamoDB', async () => createDynamoConnectionsStore(await tables.create()));

  it('forgets a connection and its subscriptions an hour after it must have ended', async () => {
    const access = await tables.create();
    const store = createDynamoConnectionsStore(access);
    await store.open(CONNECTION);
    await store.subscribe('c1', { id: 's1', actions: ['a'], interval: 'minute' });
    for (const [pk, sk] of [
      ['connections', 'c1'],
      ['subscriptions#c1', 's1'],
    ] as const) {
      const item = await getItem(access, { pk, sk });
      expect(item?.expiresAt?.N, pk).to.equal(`${(NOW + CONNECTION_KEPT_MS) / 1000}`);
    }
  });

  it('does not grant posts twice although the answer was lost', async () => {
    const aws = await tables.aws();
    const store = createDynamoConnectionsStore(await tables.create());
    aws.addFaults({ match: { service: 'dynamodb', action: 'UpdateItem' }, kind: 'drop-after', times: 1 });
    const first = await store.takePosts({ second: 7, wanted: 6, limit: 10 });
    const second = await store.takePosts({ second: 7, wanted: 6, limit: 10 });
    expect(first + second).to.be.at.most(10);
  });
});
