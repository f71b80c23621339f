import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import { createDynamoUsersStore } from './dynamo-users-store.ts';
import { describeUsersStore } from './users-store.contract.ts';
import type { StoredUser } from './users-store.ts';

const numbered = (index: number, name = 'n'): StoredUser => ({
  ...{ userId: `u_${String(index).padStart(6, '0')}`, profile: { name }, avatar: undefined },
  ...{ createdAt: 0, updatedAt: 0, version: `${index}` },
});

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  describeUsersStore('in DynamoDB', async () => createDynamoUsersStore(await tables.create()));

  it('ends a page of large users before the limit, and says that there is more', async () => {
    const store = createDynamoUsersStore(await tables.create());
    const large = 'x'.repeat(300 * 1024);
    for (let index = 0; index < 7; index++) await store.write(numbered(index, large), undefined);
    const found: number[] = [];
    for (let after: string | undefined; ; ) {
      const { users, hasMore } = await store.list({ after, limit: 5 });
      found.push(users.length);
      after = users.at(-1)?.userId;
      if (!hasMore) break;
    }
    expect(found.every((count) => count <= 4)).to.equal(true);
    expect(found.reduce((sum, count) => sum + count, 0)).to.equal(7);
  });

  it('recognises its own write after the answer was lost', async () => {
    const access = await tables.create();
    const aws = await tables.aws();
    const store = createDynamoUsersStore(access);
    await store.write(numbered(1), undefined);
    aws.addFaults({ match: { service: 'dynamodb', action: 'PutItem' }, kind: 'drop-after', times: 1 });
    expect(await store.write({ ...numbered(1), version: 'next' }, '1')).to.equal('written');
  });
});
