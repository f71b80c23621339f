import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import { describeAuditsStore } from './audits-store.contract.ts';
import { inlineBuckets, MAX_INLINE_OBJECTS, type StoredAudit } from './audits-store.ts';
import { createDynamoAuditsStore } from './dynamo-audits-store.ts';

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  describeAuditsStore('in DynamoDB', async () => createDynamoAuditsStore(await tables.create()));

  it('takes an audit with as much as an item may have', async () => {
    const store = createDynamoAuditsStore(await tables.create());
    const long = 'x'.repeat(40_000);
    const bucket = { action: 'a', unit: 'hour', field: 'users', stored: long, archived: '' } as const;
    const buckets = inlineBuckets(Array.from({ length: 9 }, (_, start) => ({ ...bucket, start })));
    const heads = Array.from({ length: 500 }, (_, at) => [
      `1768480200${at}.1`,
      { number: at, position: { sequenceNumber: '4'.repeat(56), index: 499 } },
    ]);
    const audit: StoredAudit = {
      ...{ date: '2026-01-20', timeZone: 'UTC', from: 0, to: 1, asOf: 1, heads: Object.fromEntries(heads) },
      ...{ status: 'drift', drift: 9, file: 'f', auditedAt: 1, buckets },
      missingObjects: Array<string>(MAX_INLINE_OBJECTS).fill('k'.repeat(150)),
    };
    await store.put(audit);
    expect(await store.find('2026-01-20')).to.deep.equal(audit);
  });
});
