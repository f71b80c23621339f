import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { scriptedTable } from '../testing/scripted-table.ts';
import { createPassStore, type PassAccess } from './dynamo-pass-store.ts';

const conflict = new TransactionCanceledException({
  message: 'another one was first',
  $metadata: {},
  CancellationReasons: [{ Code: 'TransactionConflict' }],
});
const WALKING = { Item: { number: { N: '1' }, phase: { S: 'walking' }, execution: { S: 'x1' } } };
const COUNTS = { place: 'archive', key: 'k', counts: new Map([[0, 3]]) };

function passesOf(...answers: readonly object[]) {
  const { access, asked } = scriptedTable(...answers);
  return { asked, passes: createPassStore({ ...access, metricsTable: 'metrics' } satisfies PassAccess) };
}

describe("a pass's counts in DynamoDB", () => {
  it('are written once more if another write of the pass was under way', async () => {
    const { passes, asked } = passesOf(conflict, WALKING, {});
    expect(await passes.count(1, COUNTS)).to.equal(true);
    expect(asked).to.have.length(3);
  });

  for (const [what, item] of [
    ['another pass is under way', { ...WALKING.Item, number: { N: '2' } }],
    ['it settles', { ...WALKING.Item, phase: { S: 'settling' } }],
  ] as const) {
    it(`are not written if ${what}`, async () => {
      const { passes, asked } = passesOf(conflict, { Item: item });
      expect(await passes.count(1, COUNTS)).to.equal(false);
      expect(asked).to.have.length(2);
    });
  }
});

describe('the end of a pass in DynamoDB', () => {
  const itemsOf = (pk: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({ pk: { S: pk }, sk: { S: `${index}` } }));

  it('removes all counts and members, a hundred at once, page after page, before it is over', async () => {
    const { passes, asked } = passesOf(
      { Items: itemsOf('erasure-counts#1', 120), LastEvaluatedKey: { sk: { S: 'x' } } },
      {},
      // A writer of one of them is under way: the removal is tried again.
      conflict,
      {},
      { Items: itemsOf('erasure-counts#1', 1) },
      {},
      { Items: itemsOf('erasure-members#1', 1) },
      {},
      {},
    );
    await passes.end(1, 'settling');
    const removed = asked.map(({ TransactItems }) => (TransactItems as unknown[] | undefined)?.length);
    expect(removed).to.deep.equal([undefined, 100, 20, 20, undefined, 1, undefined, 1, undefined]);
    expect(asked.at(-1)).to.include({ ReturnValues: 'ALL_NEW' });
  });

  it('removes nothing of a pass without members', async () => {
    const { passes, asked } = passesOf({});
    await passes.end(1, 'gathering');
    expect(asked).to.have.length(1);
  });
});
