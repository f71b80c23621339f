import { expect } from 'chai';
import sinon from 'sinon';
import { scriptedTable } from '../testing/scripted-table.ts';
import { getItems } from './get-items.ts';
import type { TableItem } from './table-access.ts';

type Asked = { RequestItems: { table: { Keys: TableItem[]; ConsistentRead: boolean } } };

const keysOf = (count: number) => Array.from({ length: count }, (_, index) => ({ pk: 'p', sk: `${index}` }));
const asTable = (items: readonly TableItem[]) => ({ table: items });

/** A reply that has the first `found` of the keys that were asked for, and leaves out the rest. */
const replyWith =
  (found: number) =>
  ({ RequestItems: { table } }: Asked) => {
    const left = table.Keys.slice(found);
    return {
      Responses: asTable(table.Keys.slice(0, found)),
      UnprocessedKeys: left.length > 0 ? { table: { Keys: left } } : {},
    };
  };

describe('getItems', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers();
  });
  afterEach(() => clock.restore());

  const numbersOf = (items: readonly TableItem[]) => items.map(({ sk }) => Number(sk?.S)).sort((a, b) => a - b);
  const all = (count: number) => Array.from({ length: count }, (_, index) => index);

  for (const [count, requests] of [
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ] as const) {
    it(`asks for ${count} keys in ${requests.length} consistent reads of at most 100`, async () => {
      const { access, asked } = scriptedTable(replyWith(100));
      expect(numbersOf(await getItems(access, keysOf(count)))).to.deep.equal(all(count));
      const tables = (asked as unknown as Asked[]).map(({ RequestItems }) => RequestItems.table);
      expect(tables.map(({ Keys }) => Keys.length)).to.deep.equal(requests);
      expect(tables.every(({ ConsistentRead }) => ConsistentRead)).to.equal(true);
    });
  }

  it('asks for nothing if there are no keys', async () => {
    const { access, asked } = scriptedTable();
    expect(await getItems(access, [])).to.deep.equal([]);
    expect(asked).to.have.length(0);
  });

  it('gives the items that exist, and no others', async () => {
    const { access } = scriptedTable({ Responses: asTable([{ sk: { S: '1' } }]) });
    expect(numbersOf(await getItems(access, keysOf(3)))).to.deep.equal([1]);
    const { access: empty } = scriptedTable({});
    expect(await getItems(empty, keysOf(3))).to.deep.equal([]);
  });

  it('continues at once, as often as needed, if a reply was cut at its largest size', async () => {
    const { access, asked } = scriptedTable(replyWith(5));
    // No timer runs here: a pause would never end.
    expect(numbersOf(await getItems(access, keysOf(100)))).to.deep.equal(all(100));
    expect(asked).to.have.length(20);
  });

  it('pauses, then asks for those keys only that were left out', async () => {
    const { access, asked } = scriptedTable(replyWith(2), replyWith(0), replyWith(100));
    const reading = getItems(access, keysOf(4));
    await clock.tickAsync(0);
    expect(asked).to.have.length(2);
    await clock.tickAsync(100);
    expect(numbersOf(await reading)).to.deep.equal(all(4));
    const last = (asked.at(-1) as unknown as Asked).RequestItems.table.Keys;
    expect(numbersOf(last)).to.deep.equal([2, 3]);
  });

  it('gives up after six replies without an item', async () => {
    const { access, asked } = scriptedTable(replyWith(0));
    const failed = getItems(access, keysOf(4)).catch((error: Error) => error.message);
    await clock.runAllAsync();
    expect(await failed).to.equal('DynamoDB did not read all items after 6 attempts');
    expect(asked).to.have.length(6);
  });

  it('throws what the table throws', async () => {
    const { access } = scriptedTable(new Error('no such table'));
    expect(await getItems(access, keysOf(1)).catch((error: Error) => error.message)).to.equal('no such table');
  });
});
