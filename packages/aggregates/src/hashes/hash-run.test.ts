import { expect } from 'chai';
import fc from 'fast-check';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { CorruptBytesError } from '../bytes/codec-errors.ts';
import { readHashRun, writeHashRun, writeSortedHashRun } from './hash-run.ts';

type Write = typeof writeHashRun;

function encoded(write: Write, words: Uint32Array): Uint8Array {
  const out = new ByteWriter();
  write(out, words);
  return out.finish();
}

function decoded(bytes: Uint8Array, count: number): Uint32Array {
  const words = new Uint32Array(2 * count);
  const input = new ByteReader(bytes);
  readHashRun(input, words);
  expect(input.offset).to.equal(bytes.length);
  return words;
}

/** The hashes as texts, in order. */
function hashesOf(words: Uint32Array): string[] {
  return Array.from({ length: words.length / 2 }, (_, i) => `${words[2 * i]}/${words[2 * i + 1]}`);
}

/** Runs of every length around the one from which they are sorted; some of hashes that all begin alike. */
const words = fc.tuple(fc.integer({ min: 0, max: 130 }), fc.boolean()).chain(([count, isAlike]) =>
  fc.uint32Array({ minLength: 2 * count, maxLength: 2 * count }).map((all) => {
    return isAlike ? all.map((word, i) => (i % 2 === 0 ? word >>> 8 : word)) : all;
  }),
);

describe('a run of hashes', () => {
  it('gives back its hashes, repeated ones too, in another order perhaps', () => {
    fc.assert(
      fc.property(words, (given) => {
        const found = decoded(encoded(writeHashRun, given), given.length / 2);
        expect(hashesOf(found).sort()).to.deep.equal(hashesOf(given).sort());
      }),
    );
  });

  it('gives back hashes that are in order of their first byte in the order that they had', () => {
    fc.assert(
      fc.property(words, (given) => {
        const order = hashesOf(given)
          .map((_, i) => i)
          .sort((a, b) => (given[2 * a] ?? 0) - (given[2 * b] ?? 0));
        const sorted = Uint32Array.from(order.flatMap((i) => [given[2 * i] ?? 0, given[2 * i + 1] ?? 0]));
        expect(decoded(encoded(writeSortedHashRun, sorted), order.length)).to.deep.equal(sorted);
      }),
    );
  });

  for (const [count, most] of [
    [63, 63 * 8],
    [64, 64 * 7 + 40],
    [1000, 1000 * 7.2],
  ] as const) {
    it(`takes at most ${most} bytes for ${count}`, () => {
      const given = Uint32Array.from({ length: 2 * count }, (_, i) => Math.imul(i + 1, 0x9e3779b9));
      expect(encoded(writeHashRun, given).length).to.be.at.most(most);
    });
  }

  it('is refused by name where its first bytes are of more or fewer hashes than there are', () => {
    const given = new Uint32Array(2 * 64);
    const bytes = encoded(writeHashRun, given);
    for (const count of [65, 100]) {
      expect(() => readHashRun(new ByteReader(bytes), new Uint32Array(2 * count))).to.throw(CorruptBytesError);
    }
  });
});
