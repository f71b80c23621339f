import { expect } from 'chai';
import fc from 'fast-check';
import { anyValue, decimalValue } from '../testing/arbitrary-events.ts';
import { addValue, emptyTotals, mergeTotals, type Totals, totalSum } from './totals.ts';

function totalsOf(values: readonly number[]): Totals {
  const totals = emptyTotals();
  for (const value of values) addValue(totals, value);
  return totals;
}

/** Values split into groups, each summed by itself, then merged in another order. */
const grouped = (value: fc.Arbitrary<number>) =>
  fc.array(fc.array(value, { maxLength: 20 }), { maxLength: 8 }).chain((groups) =>
    fc.record({
      groups: fc.constant(groups),
      shuffled: fc.shuffledSubarray(groups, { minLength: groups.length, maxLength: groups.length }),
    }),
  );

function mergedOf(groups: readonly (readonly number[])[]): Totals {
  const totals = emptyTotals();
  for (const group of groups) mergeTotals(totals, totalsOf(group));
  return totals;
}

describe('totals', () => {
  it('are neutral while empty', () => {
    const totals = totalsOf([3, 4]);
    mergeTotals(totals, emptyTotals());
    expect(totals).to.deep.equal({ count: 2, sum: 7, sumLow: 0, min: 3, max: 4 });
    expect(totalSum(emptyTotals())).to.equal(0);
  });

  it('count -0 as 0', () => {
    expect(totalsOf([-0])).to.deep.equal({ count: 1, sum: 0, sumLow: 0, min: 0, max: 0 });
  });

  it('lose nothing in cases in which a plain sum does', () => {
    expect(totalSum(totalsOf([1e12, 0.1, -1e12]))).to.equal(0.1);
    expect(totalSum(totalsOf(Array.from({ length: 10 }, () => 0.1)))).to.equal(1);
  });

  it('are the same, bit for bit, for any grouping and order of ordinary values', () => {
    fc.assert(
      fc.property(grouped(decimalValue), ({ groups, shuffled }) => {
        const expected = totalsOf(groups.flat());
        expect(mergedOf(groups)).to.deep.equal(expected);
        expect(mergedOf(shuffled)).to.deep.equal(expected);
      }),
    );
  });

  it('are within 2^-90 of the sum of magnitudes for any values', () => {
    fc.assert(
      fc.property(grouped(anyValue), ({ groups, shuffled }) => {
        const one = totalsOf(groups.flat());
        const other = mergedOf(shuffled);
        const magnitude = groups.flat().reduce((sum, value) => sum + Math.abs(value), 0);
        const difference = Math.abs(one.sum - other.sum + (one.sumLow - other.sumLow));
        expect(difference).to.be.at.most(magnitude * 2 ** -90);
        expect({ ...one, sum: 0, sumLow: 0 }).to.deep.equal({ ...other, sum: 0, sumLow: 0 });
      }),
    );
  });
});
