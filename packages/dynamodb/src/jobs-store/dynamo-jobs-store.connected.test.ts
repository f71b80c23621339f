import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import { getItem } from '../table/get-item.ts';
import { createDynamoJobsStore } from './dynamo-jobs-store.ts';
import { queuedJob } from './job-changes.ts';
import { jobItem } from './job-item.ts';
import { describeJobsStore } from './jobs-store.contract.ts';

const QUESTION = { kind: 'summary', from: 1, to: 2, timeZone: 'UTC', actions: undefined } as const;
const JOB = { id: 'summary-1', question: QUESTION, keyId: 'k1', createdAt: 1 };

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  describeJobsStore('in DynamoDB', async () => createDynamoJobsStore(await tables.create()));

  it('makes, admits and ends a job once although the answers to the writes were lost', async () => {
    const aws = await tables.aws();
    const store = createDynamoJobsStore(await tables.create());
    const lose = (action: string) =>
      aws.addFaults({ match: { service: 'dynamodb', action }, kind: 'drop-after', times: 1 });
    lose('TransactWriteItems');
    expect(await store.create(JOB)).to.equal('created');
    lose('TransactWriteItems');
    expect(await store.admit('k1', 2)).to.have.length(1);
    lose('UpdateItem');
    expect(await store.fixCut(JOB.id, { cut: 'c1', phases: [2], now: 3 })).to.include({ cut: 'c1' });
    lose('UpdateItem');
    expect(await store.endPart(JOB.id, { cut: 'c1', part: 0, now: 4 })).to.deep.include({ done: new Set([0]) });
    lose('TransactWriteItems');
    expect(await store.end(JOB.id, { status: 'done', now: 5 })).to.equal(true);
  });

  it('keeps a job and the turns of its key for ninety days', async () => {
    const access = await tables.create();
    await createDynamoJobsStore(access).create({ ...JOB, createdAt: Date.UTC(2026, 0, 1) });
    for (const key of [
      { pk: 'jobs#summary', sk: '1' },
      { pk: 'job-turns', sk: 'k1' },
    ]) {
      expect((await getItem(access, key))?.expiresAt?.N, key.pk).to.equal(`${Date.UTC(2026, 3, 1) / 1000}`);
    }
  });

  it('keeps a reopened job for as long again', async () => {
    const access = await tables.create();
    const store = createDynamoJobsStore(access);
    await store.create(JOB);
    await store.admit('k1', 2);
    await store.end(JOB.id, { status: 'failed', now: 3 });
    await store.reopen(JOB.id, { now: Date.UTC(2026, 0, 1), anew: true });
    const item = await getItem(access, { pk: 'jobs#summary', sk: '1' });
    expect(item?.expiresAt?.N).to.equal(`${Date.UTC(2026, 3, 1) / 1000}`);
  });

  it('holds four thousand parts in an item', async () => {
    const access = await tables.create();
    const store = createDynamoJobsStore(access);
    const parts = Array.from({ length: 4000 }, (_, part) => part);
    const key = { pk: 'jobs#summary', sk: '1' };
    const job = { ...queuedJob(JOB), status: 'running', cut: 'c1', phases: [4001] } as const;
    const Item = { ...jobItem(job, key), cut: { S: 'c1' }, done: { NS: parts.map(String) } };
    await access.client.send(new PutItemCommand({ TableName: access.tableName, Item }));
    const after = await store.endPart(JOB.id, { cut: 'c1', part: 4000, now: 4 });
    expect(after?.done.size).to.equal(4001);
  });
});
