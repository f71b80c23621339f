import { addValue, emptyTotals, mergeTotals, type Totals } from '@weir/aggregates';
import { expect } from 'chai';
import fc from 'fast-check';
import { compareTotals } from './compare-totals.ts';

function totalsOf(values: readonly number[]): Totals {
  const totals = emptyTotals();
  for (const value of values) addValue(totals, value);
  return totals;
}

/** The same values, added in groups. */
function inGroups(values: readonly number[], size: number): Totals {
  const totals = emptyTotals();
  for (let i = 0; i < values.length; i += size) mergeTotals(totals, totalsOf(values.slice(i, i + size)));
  return totals;
}

const VALUE = fc.oneof(
  fc.double({ min: -1e12, max: 1e12, noNaN: true }),
  fc.double({ min: -1e-300, max: 1e-300, noNaN: true }),
  fc.integer({ min: -100, max: 100 }),
);

describe('totals that are compared', () => {
  it('are the same in any grouping, also where sums need more than 106 bits', () => {
    fc.assert(
      fc.property(fc.array(VALUE, { maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (values, size) => {
        expect(compareTotals(totalsOf(values), inGroups(values.toReversed(), size))).to.deep.equal([]);
      }),
    );
  });

  it('differ in their count if an event is lost, however small its value is', () => {
    fc.assert(
      fc.property(fc.array(VALUE, { minLength: 1, maxLength: 50 }), (values) => {
        const fields = compareTotals(totalsOf(values), totalsOf(values.slice(1))).map(({ field }) => field);
        expect(fields).to.include('count');
      }),
    );
  });

  const cases: readonly [string, number[], number[], number][] = [
    ['no event and no totals', [], [], 0],
    ['a cent', [1e9, 0.01], [1e9, 0.02], 1],
    ['the order', [1e12, 1e-12, -1e12], [1e-12, 1e12, -1e12], 0],
  ];
  for (const [name, stored, archived, expected] of cases) {
    it(`see ${name}`, () => {
      const found = compareTotals(totalsOf(stored), totalsOf(archived)).filter(({ field }) => field === 'sum');
      expect(found.length).to.equal(expected);
    });
  }

  it('say both values, and none where there is no event', () => {
    expect(compareTotals(undefined, totalsOf([5]))).to.deep.equal([
      { field: 'count', stored: '0', archived: '1' },
      { field: 'sum', stored: '0', archived: '5' },
      { field: 'min', stored: 'none', archived: '5' },
      { field: 'max', stored: 'none', archived: '5' },
    ]);
  });
});
