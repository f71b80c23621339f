import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import { getItem } from '../table/get-item.ts';
import { alert, change, describeAlertsStore, firing, RECOVERY } from './alerts-store.contract.ts';
import { FIRING_KEPT_MS, MAX_ALERTS } from './alerts-store.ts';
import { createDynamoAlertsStore } from './dynamo-alerts-store.ts';

describe('DynamoDB', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  describeAlertsStore('in DynamoDB', async () => createDynamoAlertsStore(await tables.create()));

  it('makes, fires, recovers and removes once although the answers to the writes were lost', async () => {
    const aws = await tables.aws();
    const store = createDynamoAlertsStore(await tables.create());
    const lose = (action: string) =>
      aws.addFaults({ match: { service: 'dynamodb', action }, kind: 'drop-after', times: 1 });
    lose('TransactWriteItems');
    expect(await store.create(alert('a1'))).to.equal('created');
    lose('TransactWriteItems');
    expect(await store.fire(firing('a1', 60_000), change(0))).to.equal('fired');
    lose('TransactWriteItems');
    expect(await store.recover('a1', { ended: 60_000, recovery: RECOVERY }, change(1))).to.equal(true);
    lose('TransactWriteItems');
    expect(await store.remove('a1')).to.equal(true);
    lose('PutItem');
    expect(await store.moveCursor({ evaluatedUpTo: 1, at: 2, lastEvaluated: new Map() })).to.equal(true);
  });

  it('takes no more rules than a stage may have', async () => {
    const access = await tables.create();
    const store = createDynamoAlertsStore(access);
    await store.create(alert('a1'));
    const Item = { pk: { S: 'progress' }, sk: { S: 'rules' }, rules: { N: `${MAX_ALERTS}` }, version: { N: '1' } };
    await access.client.send(new PutItemCommand({ TableName: access.tableName, Item }));
    expect(await store.create(alert('a2'))).to.equal('full');
    expect(await store.create(alert('a1'))).to.equal('created');
    await store.remove('a1');
    expect(await store.create(alert('a2'))).to.equal('created');
    expect(await store.create(alert('a3'))).to.equal('full');
  });

  it('keeps a firing for ninety days after it was written, and after it ended', async () => {
    const access = await tables.create();
    const store = createDynamoAlertsStore(access);
    await store.create(alert('a1'));
    const keptUntil = async () => (await getItem(access, { pk: 'firings#a1', sk: '000000000060000' }))?.expiresAt?.N;
    const firedAt = Date.UTC(2026, 0, 1);
    await store.fire(firing('a1', 60_000, { firedAt }), change(0));
    expect(await keptUntil()).to.equal(`${(firedAt + FIRING_KEPT_MS) / 1000}`);
    const recoveredAt = Date.UTC(2026, 1, 1);
    await store.recover('a1', { ended: 60_000, recovery: { ...RECOVERY, recoveredAt } }, change(1));
    expect(await keptUntil()).to.equal(`${(recoveredAt + FIRING_KEPT_MS) / 1000}`);
  });
});
