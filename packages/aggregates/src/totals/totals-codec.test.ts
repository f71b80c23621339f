import { expect } from 'chai';
import fc from 'fast-check';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { TruncatedBytesError } from '../bytes/codec-errors.ts';
import { readNumber, readResidue, writeNumber, writeResidue } from '../bytes/number-codec.ts';
import { anyValue } from '../testing/arbitrary-events.ts';
import { addValue, emptyTotals } from './totals.ts';
import { MAX_TOTALS_BYTES, readTotals, writeTotals } from './totals-codec.ts';

function written(write: (out: ByteWriter) => void): Uint8Array {
  const out = new ByteWriter(1);
  write(out);
  return out.finish();
}

describe('numbers in bytes', () => {
  it('come back bit for bit', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true }), anyValue), (value) => {
        expect(readNumber(new ByteReader(written((out) => writeNumber(out, value))))).to.equal(value);
      }),
      { numRuns: 2000 },
    );
  });

  const sizes: readonly [number, number][] = [
    [0, 1],
    [7, 1],
    [1000, 2],
    [19.9, 2],
    [99.99, 3],
    [1e9, 5],
    [-0, 9],
    [Math.PI, 9],
    [Number.POSITIVE_INFINITY, 9],
  ];
  for (const [value, bytes] of sizes) {
    it(`take ${bytes} bytes for ${Object.is(value, -0) ? '-0' : value}`, () => {
      const encoded = written((out) => writeNumber(out, value));
      expect(encoded).to.have.length(bytes);
      expect(readNumber(new ByteReader(encoded))).to.equal(value);
    });
  }

  it('have varints up to 2^53 - 1', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(new ByteReader(written((out) => out.varint(value))).varint()).to.equal(value);
      }),
    );
  });

  it('have residues of any size and distance', () => {
    const nonZero = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => value !== 0);
    fc.assert(
      fc.property(nonZero, fc.double({ noNaN: true, noDefaultInfinity: true }), (low, sum) => {
        const bytes = written((out) => writeResidue(out, low, sum));
        expect(readResidue(new ByteReader(bytes), sum)).to.equal(low);
      }),
      {
        numRuns: 2000,
        examples: [
          [5e-324, 1e12],
          [2.2250738585072014e-308, 0],
          [-1.7976931348623157e308, 5e-324],
        ],
      },
    );
  });
});

describe('totals in bytes', () => {
  it('come back bit for bit, and never take more than promised', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 30 }), (values) => {
        const totals = emptyTotals();
        for (const value of values) addValue(totals, value);
        const bytes = written((out) => writeTotals(out, totals));
        expect(readTotals(new ByteReader(bytes))).to.deep.equal(totals);
        expect(bytes.length).to.be.at.most(MAX_TOTALS_BYTES);
      }),
      { numRuns: 1000 },
    );
  });

  it('store one value, or many equal ones, once', () => {
    const totals = emptyTotals();
    for (let i = 0; i < 20; i++) addValue(totals, 5);
    expect(written((out) => writeTotals(out, totals))).to.have.length(2);
  });

  it('say so when they are cut short', () => {
    const totals = emptyTotals();
    for (const value of [1.5, 2000, Math.PI]) addValue(totals, value);
    const bytes = written((out) => writeTotals(out, totals));
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readTotals(new ByteReader(bytes.subarray(0, length)))).to.throw(TruncatedBytesError);
    }
  });
});
