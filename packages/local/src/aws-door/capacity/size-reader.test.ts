import { expect } from 'chai';
import { createSizeReader } from './size-reader.ts';

const replyOf = (body: object) => ({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(body)) });
const described = replyOf({ Table: { KeySchema: [{ AttributeName: 'pk' }, { AttributeName: 'sk' }] } });
const key = (pk: string) => ({ pk: { S: pk } });

describe('the sizes of items as they are in the tables', () => {
  it('are read consistently, in the order of the keys, a hundred at once', async () => {
    let underWay = 0;
    let most = 0;
    const reader = createSizeReader(async (action, body) => {
      expect(action).to.equal('GetItem');
      expect(body).to.include({ TableName: 't', ConsistentRead: true });
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      const { pk } = (body as { Key: { pk: { S: string } } }).Key;
      return replyOf({ Item: { pk, v: { S: 'x'.repeat(Number(pk.S)) } } });
    });
    const keys = Array.from({ length: 230 }, (_, index) => ({ table: 't', key: key(String(1000 + index)) }));
    // Two names, the key's four digits, and the value.
    expect(await reader.read(keys)).to.deep.equal(keys.map((_, index) => 2 + 4 + 1 + 1000 + index));
    expect(most).to.equal(100);
  });

  it('are at least those of the item that was to be put, also if there is no item or the key is not known', async () => {
    const reader = createSizeReader(async () => replyOf({ Item: { pk: { S: 'abc' } } }));
    const sizes = await reader.read([
      { table: 't', key: key('a'), atLeastBytes: 3 },
      { table: 't', key: key('a'), atLeastBytes: 900 },
      { table: 't', key: undefined, atLeastBytes: 7 },
      { table: 't', key: undefined },
    ]);
    expect(sizes).to.deep.equal([5, 900, 7, 0]);
    const empty = createSizeReader(async () => replyOf({}));
    expect(await empty.read([{ table: 't', key: key('a') }])).to.deep.equal([0]);
  });
});

describe("the names of a table's key", () => {
  it('are asked for once for each table', async () => {
    const asked: unknown[] = [];
    const reader = createSizeReader(async (_action, body) => {
      asked.push(body);
      return described;
    });
    for (const table of ['a', 'a', 'b']) expect(await reader.keyNames(table)).to.deep.equal(['pk', 'sk']);
    expect(asked).to.deep.equal([{ TableName: 'a' }, { TableName: 'b' }]);
  });

  it('are asked for again while there is no such table', async () => {
    const answers = [replyOf({ __type: 'ResourceNotFoundException' }), described];
    const reader = createSizeReader(async () => answers.shift() ?? described);
    expect(await reader.keyNames('a')).to.deep.equal([]);
    expect(await reader.keyNames('a')).to.deep.equal(['pk', 'sk']);
  });
});
