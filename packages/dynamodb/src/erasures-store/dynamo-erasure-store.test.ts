import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { scriptedTable } from '../testing/scripted-table.ts';
import { createErasureStore } from './dynamo-erasure-store.ts';

const conflict = new TransactionCanceledException({
  message: 'another one was first',
  $metadata: {},
  CancellationReasons: [{ Code: 'TransactionConflict' }],
});
const COUNT = { items: 2, objects: 1, at: 110 };

describe('what was erased, credited in DynamoDB', () => {
  it('is counted as soon as no other write of the receipt is under way', async () => {
    const table = scriptedTable(conflict, conflict, {});
    await createErasureStore(table.access).credit('e1', 'quarantine', COUNT);
    expect(table.asked).to.have.length(3);
  });

  it('is an error, not nothing, after ten writes that others were before', async () => {
    const table = scriptedTable(conflict);
    const failed = await createErasureStore(table.access)
      .credit('e1', 'quarantine', COUNT)
      .catch((error: Error) => error.message);
    expect(failed).to.match(/erasure e1/);
    expect(table.asked).to.have.length(10);
  });
});

describe('erasures that are due in DynamoDB', () => {
  const waiting = (sk: string) => ({ sk: { S: sk }, step: { S: 'now' }, until: { N: '9' }, revision: { N: '3' } });

  it('are listed past the end of a page, and those of this very millisecond too', async () => {
    const table = scriptedTable(
      { Items: [waiting('000000000000007#e1')], LastEvaluatedKey: { sk: { S: 'x' } } },
      { Items: [waiting('000000000000100#e#2')] },
    );
    const found: unknown[] = [];
    for await (const erasure of createErasureStore(table.access).listDue(100)) found.push(erasure);
    expect(found).to.deep.equal([
      { id: 'e1', revision: 3, step: 'now', until: 9, dueAt: 7 },
      { id: 'e#2', revision: 3, step: 'now', until: 9, dueAt: 100 },
    ]);
    expect(table.asked[0]?.ExpressionAttributeValues).to.deep.equal({
      ':pk': { S: 'erasures-waiting' },
      ':end': { S: '000000000000101' },
    });
  });
});
