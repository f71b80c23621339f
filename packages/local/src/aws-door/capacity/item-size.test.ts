import { expect } from 'chai';
import { itemBytes, readUnits, writeUnits } from './item-size.ts';

describe("an item's size", () => {
  for (const [item, bytes] of [
    [{ pk: { S: 'ab' } }, 4],
    [{ pk: { S: 'ä' } }, 4],
    [{ n: { N: '12345' } }, 5],
    [{ n: { N: '-1000' } }, 4],
    [{ n: { N: '0' } }, 2],
    [{ b: { B: Buffer.alloc(10).toString('base64') } }, 11],
    [{ t: { BOOL: true } }, 2],
    [{ x: { NULL: true } }, 2],
    [{ l: { L: [{ S: 'abc' }, { NULL: true }] } }, 1 + 3 + 2 + 3 + 1],
    [{ m: { M: { a: { S: 'b' } } } }, 1 + 3 + 1 + 2],
    [{ s: { SS: ['a', 'bc'] } }, 4],
  ] as const) {
    it(`of ${JSON.stringify(item)} is ${bytes}`, () => expect(itemBytes(item)).to.equal(bytes));
  }

  it('is billed in whole units, at least one', () => {
    expect([0, 1, 1024, 1025].map(writeUnits)).to.deep.equal([1, 1, 1, 2]);
    expect([0, 4096, 4097].map((bytes) => readUnits(bytes, true))).to.deep.equal([1, 1, 2]);
    expect(readUnits(4097, false)).to.equal(1);
  });
});
