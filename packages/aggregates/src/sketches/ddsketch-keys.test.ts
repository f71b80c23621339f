import { expect } from 'chai';
import fc from 'fast-check';
import { DDSKETCH_ACCURACY, isTiny, isUsual, keyOf, MAX_KEY, middleOf } from './ddsketch-keys.ts';

const magnitude = fc.double({ min: Math.log(2 ** -1022), max: Math.log(1e12), noNaN: true }).map(Math.exp);
const value = fc.tuple(magnitude, fc.constantFrom(-1, 1)).map(([size, sign]) => sign * size);

describe('the key of a value', () => {
  it('leads back to a value within the accuracy, of the same sign', () => {
    fc.assert(
      fc.property(value, (given) => {
        const found = middleOf(keyOf(given));
        expect(Math.abs(found - given)).to.be.at.most(Math.abs(given) * DDSKETCH_ACCURACY * (1 + 1e-9));
        expect(Math.abs(keyOf(given))).to.be.at.most(MAX_KEY);
      }),
    );
  });

  it('is that of its opposite, negated, and 0 for zero of either sign', () => {
    fc.assert(
      fc.property(value, (given) => {
        expect(keyOf(-given)).to.equal(-keyOf(given));
      }),
    );
    expect([keyOf(0), Math.abs(keyOf(-0)), middleOf(0)]).to.deep.equal([0, 0, 0]);
  });

  it('of usual values ascends with them', () => {
    const usual = value.filter((given) => !isTiny(given));
    fc.assert(
      fc.property(usual, usual, (a, b) => {
        if (a < b) expect(keyOf(a)).to.be.at.most(keyOf(b));
        expect(isUsual(keyOf(a))).to.equal(true);
      }),
    );
  });

  // These keys stand in rows: they stay for ever.
  for (const [given, key] of [
    [1e-9, 1],
    [1, 519],
    [19.9, 594],
    [1e12, 1210],
    [1e300, 1210],
    [-1, -519],
    [9e-10, 1212],
    [Number.MIN_VALUE, MAX_KEY],
  ] as const) {
    it(`of ${given} is ${key}`, () => expect(keyOf(given)).to.equal(key));
  }
});
