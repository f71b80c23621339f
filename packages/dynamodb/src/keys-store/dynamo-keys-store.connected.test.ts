import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import { createDynamoKeysStore } from './dynamo-keys-store.ts';
import { describeKeysStore } from './keys-store.contract.ts';

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  describeKeysStore('in DynamoDB', async () => createDynamoKeysStore(await tables.create()));

  it('keeps a key although the answer to its write was lost', async () => {
    const aws = await tables.aws();
    const store = createDynamoKeysStore(await tables.create());
    aws.addFaults({ match: { service: 'dynamodb', action: 'PutItem' }, kind: 'drop-after', times: 1 });
    await store.add({ id: 'k', hash: 'h', name: 'n', scopes: ['a'], createdAt: 1, createdBy: 'me', makers: [] });
    expect(await store.find('k')).to.include({ hash: 'h' });
  });
});
