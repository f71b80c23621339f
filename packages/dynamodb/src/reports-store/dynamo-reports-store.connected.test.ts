import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import { createDynamoReportsStore } from './dynamo-reports-store.ts';
import { describeReportsStore } from './reports-store.contract.ts';

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  describeReportsStore('in DynamoDB', async () => createDynamoReportsStore(await tables.create()));

  it('gives a revision to the run whose write had no answer', async () => {
    const aws = await tables.aws();
    const store = createDynamoReportsStore(await tables.create());
    aws.addFaults({ match: { service: 'dynamodb', action: 'PutItem' }, kind: 'drop-after', times: 1 });
    const claimed = await store.claim({
      ...{ kind: 'daily', id: 'daily-2026-01-20', timeZone: 'UTC', from: 1, to: 2, revision: 1, finished: 0 },
      ...{ factsDigest: 'f', draft: 'd', owner: 'me', leaseUntil: 9, createdAt: 7, claimedAt: 7, revisedAt: 7 },
      ...{ laterRevisions: [], holdsUsers: false },
    });
    expect(claimed).to.equal(true);
  });
});
