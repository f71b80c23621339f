import { expect } from 'chai';
import fc from 'fast-check';
import { wholeLines } from './whole-lines.ts';

async function* cut(bytes: Buffer, sizes: readonly number[]): AsyncIterable<Buffer> {
  let start = 0;
  for (const size of sizes) {
    yield bytes.subarray(start, start + size);
    start += size;
  }
  yield bytes.subarray(start);
}

describe('whole lines', () => {
  it('come from any pieces of bytes', async () => {
    const lines = fc.array(fc.constantFrom('', 'a', 'bc', 'ü'.repeat(9)), { maxLength: 9 });
    const sizes = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(lines, sizes, async (texts, pieces) => {
        const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
        const blocks: Buffer[] = [];
        for await (const block of wholeLines(cut(bytes, pieces))) blocks.push(block);
        expect(Buffer.concat(blocks).equals(bytes)).to.equal(true);
        for (const block of blocks) expect(block.at(-1)).to.equal(0x0a);
      }),
    );
  });

  it('end with the rest that has no line break', async () => {
    const blocks: string[] = [];
    for await (const block of wholeLines(cut(Buffer.from('a\nbc'), [3]))) blocks.push(block.toString());
    expect(blocks).to.deep.equal(['a\n', 'bc']);
  });
});
