import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { scriptedTable } from '../testing/scripted-table.ts';
import { createDynamoMetricsStore } from './dynamo-metrics-store.ts';

const conditionFailed = (Item?: ConditionalCheckFailedException['Item']) => {
  return new ConditionalCheckFailedException({ message: 'no', $metadata: {}, ...(Item && { Item }) });
};
const messageOf = (failed: Promise<unknown>) => failed.catch((error: Error) => error.message);

describe('the secret of the hashes in DynamoDB', () => {
  it('is the one that was kept first, which the failed write returns', async () => {
    const table = scriptedTable(conditionFailed({ secret: { S: 'first' } }));
    expect(await createDynamoMetricsStore(table.access).keepSecret('second')).to.equal('first');
    expect(table.asked[0]).to.include({
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
  });

  it('is its own candidate if the answer to the write was lost', async () => {
    const { access } = scriptedTable(conditionFailed({ secret: { S: 'mine' } }));
    expect(await createDynamoMetricsStore(access).keepSecret('mine')).to.equal('mine');
  });

  // Under another secret, no copy of an event would be recognised.
  for (const [what, item] of [
    ['no item', undefined],
    ['an item without a secret', { pk: { S: 'secrets' } }],
  ] as const) {
    it(`is not made up if the failed write returns ${what}`, async () => {
      const store = createDynamoMetricsStore(scriptedTable(conditionFailed(item)).access);
      expect(await messageOf(store.keepSecret('mine'))).to.equal('no');
    });
  }
});

describe('slots of actions in DynamoDB', () => {
  it('are read past the end of a page', async () => {
    const table = scriptedTable(
      { Items: [{ action: { S: 'a' } }, { action: { S: 'b' } }], LastEvaluatedKey: { sk: { S: '000001' } } },
      { Items: [{ action: { S: 'c' } }] },
    );
    expect(await createDynamoMetricsStore(table.access).readSlots(-1)).to.deep.equal(['a', 'b', 'c']);
    expect(table.asked[1]?.ExclusiveStartKey).to.deep.equal({ sk: { S: '000001' } });
  });

  it('are read from after the last that is known', async () => {
    const table = scriptedTable({ Items: [] });
    await createDynamoMetricsStore(table.access).readSlots(41);
    expect(table.asked[0]?.ExpressionAttributeValues).to.deep.equal({
      ':pk': { S: 'actions' },
      ':sk': { S: '000041' },
    });
  });
});

describe('runs of the archive in DynamoDB', () => {
  const run = (from: number) => ({
    ...{ sk: { S: String(from) }, to: { N: `${from}` }, hour: { N: '7' } },
    ...{ digest: { S: 'd' }, swept: { BOOL: true } },
  });

  it('are read page by page until there are enough', async () => {
    const LastEvaluatedKey = { sk: { S: 'x' } };
    const table = scriptedTable(
      { Items: [run(9), run(8)], LastEvaluatedKey },
      { Items: [run(7), run(6)], LastEvaluatedKey },
      { Items: [run(5)], LastEvaluatedKey },
    );
    const found = await createDynamoMetricsStore(table.access).newestRuns('1.0', 3);
    expect(found.map(({ from }) => from)).to.deep.equal([9, 8, 7]);
    expect(table.asked.map(({ Limit, ScanIndexForward }) => [Limit, ScanIndexForward])).to.deep.equal([
      [3, false],
      [3, false],
    ]);
  });

  it('are read a thousand at once if all are asked for', async () => {
    const table = scriptedTable({ Items: [] });
    await createDynamoMetricsStore(table.access).newestRuns('1.0', Number.MAX_SAFE_INTEGER);
    expect(table.asked[0]?.Limit).to.equal(1000);
  });
});
