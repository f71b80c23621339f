import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import { getItem } from '../table/get-item.ts';
import { createDynamoMailsStore } from './dynamo-mails-store.ts';
import { describeMailsStore } from './mails-store.contract.ts';
import { CLAIM_KEPT_MS } from './mails-store.ts';

const NOW = Date.UTC(2026, 0, 20);
const MAIL = { id: 'm1', source: 'f1', at: NOW, quietMs: 0 };

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  describeMailsStore('in DynamoDB', async () => createDynamoMailsStore(await tables.create()));

  it('claims and releases once although the answers to the writes were lost', async () => {
    const aws = await tables.aws();
    const store = createDynamoMailsStore(await tables.create());
    const lose = (action: string) =>
      aws.addFaults({ match: { service: 'dynamodb', action }, kind: 'drop-after', times: 1 });
    lose('TransactWriteItems');
    expect(await store.claimMail(MAIL, { now: NOW, cap: 10 })).to.deep.equal({ kind: 'claimed', attempt: 1 });
    expect(await store.countMails(NOW)).to.equal(1);
    lose('UpdateItem');
    await store.releaseMail({ id: 'm1', attempt: 1 });
    expect(await store.findMail('m1')).to.include({ status: 'free', uncertain: 0 });
  });

  it('forgets claims and the numbers of days', async () => {
    const access = await tables.create();
    await createDynamoMailsStore(access).claimMail(MAIL, { now: NOW, cap: 10 });
    for (const key of [
      { pk: 'mails', sk: 'm1' },
      { pk: 'mails#2026-01-20', sk: 'count' },
    ]) {
      expect((await getItem(access, key))?.expiresAt?.N).to.equal(`${(NOW + CLAIM_KEPT_MS) / 1000}`);
    }
  });
});
