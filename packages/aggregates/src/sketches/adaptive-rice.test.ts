import { expect } from 'chai';
import fc from 'fast-check';
import { BitReader } from '../bytes/bit-reader.ts';
import { BitWriter } from '../bytes/bit-writer.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { AdaptiveRice } from './adaptive-rice.ts';

function encoded(values: readonly number[], mean: number): Uint8Array {
  const out = new ByteWriter();
  const bits = new BitWriter(out);
  const code = new AdaptiveRice(mean);
  for (const value of values) code.write(bits, value);
  bits.flush();
  return out.finish();
}

describe('a Rice code that follows its values', () => {
  it('gives back every integer below 2^53, in any order, whatever mean it begins with', () => {
    const value = fc.oneof(
      fc.nat(20),
      fc.nat(),
      fc.maxSafeNat(),
      fc.integer({ min: 0, max: 53 }).map((power) => 2 ** power - 1),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.nat(1000), (values, mean) => {
        const bits = new BitReader(new ByteReader(encoded(values, mean)));
        const code = new AdaptiveRice(mean);
        expect(values.map(() => code.read(bits))).to.deep.equal(values);
      }),
    );
  });

  it('takes few bits for values like those before, and a bounded number for one that is not', () => {
    const alike = Array.from({ length: 400 }, (_, i) => 1000 + (i % 50));
    expect((encoded(alike, 0).length * 8) / alike.length).to.be.below(13);
    const withOne = encoded([...alike, Number.MAX_SAFE_INTEGER], 0).length - encoded(alike, 0).length;
    expect(withOne * 8).to.be.at.most(18 + 53 + 8);
  });
});
