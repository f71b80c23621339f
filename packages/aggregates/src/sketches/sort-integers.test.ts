import { expect } from 'chai';
import fc from 'fast-check';
import { sortIntegers } from './sort-integers.ts';

describe('sortIntegers', () => {
  it('sorts by value, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 120 }), (values) => {
        const sorted = values.toSorted((a, b) => a - b);
        expect(sortIntegers(values)).to.equal(values).and.to.deep.equal(sorted);
      }),
    );
  });
});
