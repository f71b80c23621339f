import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { countingEntry } from '../testing/counted-log.ts';
import { scriptedTable } from '../testing/scripted-table.ts';
import { createLogStore } from './dynamo-log-store.ts';

const { body } = countingEntry(0, []);
const item = (number: number) => ({ sk: { S: String(number).padStart(10, '0') }, body: { B: body } });
const more = (number: number) => ({ LastEvaluatedKey: { sk: item(number).sk } });
const pages = () =>
  scriptedTable({ Items: [item(0), item(1)], ...more(1) }, { Items: [], ...more(1) }, { Items: [item(2)] });
const failed = new ConditionalCheckFailedException({ message: 'no', $metadata: {} });

describe('a log in DynamoDB', () => {
  it('is read to its end, past pages without an entry, consistently', async () => {
    const table = pages();
    const found = await createLogStore(table.access).readAfter('1.0', -1);
    expect(found.map(({ number }) => number)).to.deep.equal([0, 1, 2]);
    expect(table.asked.map(({ ConsistentRead }) => ConsistentRead)).to.deep.equal([true, true, true]);
    expect(table.asked[2]?.ExclusiveStartKey).to.deep.equal(more(1).LastEvaluatedKey);
  });

  for (const [what, limits, numbers, reads] of [
    ['as many entries as asked for', { maxEntries: 2 }, [0, 1], 1],
    ['one entry, though it is longer than asked for', { maxBytes: 1 }, [0], 1],
    ['as many bytes as asked for', { maxBytes: body.length + 1 }, [0, 1], 1],
    ['the last one that is there', { maxEntries: 9 }, [0, 1, 2], 3],
  ] as const) {
    it(`is read up to ${what}`, async () => {
      const table = pages();
      const found = await createLogStore(table.access).readAfter('1.0', -1, limits);
      expect(found.map(({ number }) => number)).to.deep.equal(numbers);
      expect(table.asked).to.have.length(reads);
      expect(table.asked[0]?.Limit).to.equal('maxEntries' in limits ? limits.maxEntries : undefined);
    });
  }

  it('is asked for what is past an entry by its key', async () => {
    const table = scriptedTable({ Items: [] });
    await createLogStore(table.access).readAfter('1.0', 7);
    expect(table.asked[0]?.ExpressionAttributeValues).to.deep.equal({
      ':pk': { S: 'log#1.0' },
      ':sk': { S: '0000000007' },
    });
  });

  it('is read backwards no further than it is wanted', async () => {
    const table = pages();
    for await (const { number } of createLogStore(table.access).readBackwards('1.0')) if (number === 1) break;
    expect(table.asked).to.have.length(1);
    expect(table.asked[0]?.ScanIndexForward).to.equal(false);
  });

  it('takes an entry whose number is free, and tells where it is not', async () => {
    const free = scriptedTable({});
    expect(await createLogStore(free.access).append('1.0', { number: 3, body }, 99)).to.equal(true);
    expect(free.asked[0]).to.deep.equal({
      TableName: 'table',
      Item: { pk: { S: 'log#1.0' }, sk: { S: '0000000003' }, body: { B: body }, expiresAt: { N: '99' } },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    expect(await createLogStore(scriptedTable(failed).access).append('1.0', { number: 3, body }, 99)).to.equal(false);
  });

  it('does not take a failure for a number that is taken, nor for a watermark that is as high', async () => {
    const broken = createLogStore(scriptedTable(new Error('throttled')).access);
    const messageOf = (failing: Promise<unknown>) => failing.catch((error: Error) => error.message);
    const watermark = { number: 3, position: undefined, arrival: undefined };
    expect(await messageOf(broken.append('1.0', { number: 3, body }, 99))).to.equal('throttled');
    expect(await messageOf(broken.register('1.0', []))).to.equal('throttled');
    expect(await messageOf(broken.raiseWatermark('1.0', watermark))).to.equal('throttled');
    await createLogStore(scriptedTable(failed).access).raiseWatermark('1.0', watermark);
  });
});
