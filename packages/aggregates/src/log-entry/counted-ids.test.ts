import { expect } from 'chai';
import fc from 'fast-check';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { TruncatedBytesError } from '../bytes/codec-errors.ts';
import { randomFrom } from '../testing/random.ts';
import { type CountedIds, maxCountedIdsBytes, readCountedIds, writeCountedIds } from './counted-ids.ts';

const SECOND = 1_768_480_200;

/** That many ids in each of some seconds; `shape` bends the hashes, which need not be spread evenly. */
function idsOf(counts: readonly number[], shape: (random: number) => number = (random) => random): CountedIds {
  const random = randomFrom(counts.length);
  const size = counts.reduce((sum, count) => sum + count, 0);
  const hashes = Uint32Array.from({ length: 2 * size }, () => shape(random()) * 2 ** 32);
  const arrivals = Uint32Array.from(counts.flatMap((count, second) => Array(count).fill(SECOND + second)));
  return { size, hashes, arrivals };
}

function encoded(ids: CountedIds): Uint8Array {
  const out = new ByteWriter();
  writeCountedIds(out, ids, SECOND);
  return out.finish();
}

function plain({ size, hashes, arrivals }: CountedIds): string[] {
  return Array.from({ length: size }, (_, i) => `${arrivals[i]} ${hashes[2 * i]} ${hashes[2 * i + 1]}`).sort();
}

function shuffled(ids: CountedIds): CountedIds {
  const random = randomFrom(99);
  const order = Array.from({ length: ids.size }, (_, i) => ({ i, at: random() })).sort((a, b) => a.at - b.at);
  return {
    size: ids.size,
    hashes: Uint32Array.from(order.flatMap(({ i }) => [...ids.hashes.subarray(2 * i, 2 * i + 2)])),
    arrivals: Uint32Array.from(order.map(({ i }) => ids.arrivals[i] as number)),
  };
}

describe('counted ids', () => {
  const shapes: readonly ((random: number) => number)[] = [(x) => x, () => 0, (x) => x ** 9, (x) => 1 - x ** 20 / 2];
  for (const counts of [[0], [1], [63], [64], [65, 1, 200], [1000], [3000, 10]]) {
    it(`come back, in whichever order they were given, for ${counts.join(' and ')} in a second`, () => {
      for (const shape of shapes) {
        const ids = idsOf(counts, shape);
        const bytes = encoded(ids);
        expect(plain(readCountedIds(new ByteReader(bytes), SECOND))).to.deep.equal(plain(ids));
        expect(encoded(shuffled(ids)).length).to.equal(bytes.length);
        expect(plain(readCountedIds(new ByteReader(encoded(shuffled(ids))), SECOND))).to.deep.equal(plain(ids));
        expect(bytes.length).to.be.at.most(maxCountedIdsBytes({ ids: ids.size, seconds: counts.length }));
      }
    });
  }

  it('take less than eight bytes each when many came in the same second', () => {
    expect(encoded(idsOf([100])).length).to.be.at.most(752);
    expect(encoded(idsOf([1000])).length).to.be.at.most(7170);
  });

  it('never take more bytes than promised, however they are spread over seconds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { maxLength: 20 }), fc.nat(3_000_000_000), (counts, base) => {
        const ids = idsOf(counts);
        const out = new ByteWriter();
        writeCountedIds(out, ids, base);
        expect(out.length).to.be.at.most(maxCountedIdsBytes({ ids: ids.size, seconds: counts.length }));
      }),
    );
  });

  it('say so when they are cut short', () => {
    const bytes = encoded(idsOf([70, 3]));
    for (let length = 0; length < bytes.length; length += 7) {
      expect(() => readCountedIds(new ByteReader(bytes.subarray(0, length)), SECOND)).to.throw(TruncatedBytesError);
    }
  });
});
