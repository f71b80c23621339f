import { expect } from 'chai';
import fc from 'fast-check';
import { anyValue } from '../testing/arbitrary-events.ts';
import { amounts } from '../testing/random.ts';
import { DDSketch, MAX_BIN_BYTES, MAX_SKETCH_HEAD_BYTES, RANK_ROUNDING } from './ddsketch.ts';
import { DDSKETCH_ACCURACY } from './ddsketch-keys.ts';

function sketchOf(values: readonly number[]): DDSketch {
  const sketch = new DDSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

function exactQuantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(q * sorted.length * (1 - RANK_ROUNDING))) - 1] as number;
}

/** 2 %; the least doubles have so few digits that the nearest one may be further off. */
function toleranceOf(value: number): number {
  return Math.abs(value) * (DDSKETCH_ACCURACY + 1e-9) + (Math.abs(value) < 2 ** -1022 ? Number.MIN_VALUE : 0);
}

describe('DDSketch', () => {
  it('has no quantile without values', () => {
    expect(new DDSketch().quantile(0.5)).to.equal(undefined);
    expect(DDSketch.decode(new DDSketch().encode()).quantile(0.5)).to.equal(undefined);
  });

  it('gives quantiles of few values by nearest rank', () => {
    expect(sketchOf([5, 19.9]).quantile(0.5)).to.be.closeTo(5, 0.1);
    expect(sketchOf([5, 19.9]).quantile(0.95)).to.be.closeTo(19.9, 0.4);
    expect(sketchOf(Array.from({ length: 100 }, (_, i) => i)).quantile(0.07)).to.be.closeTo(6, 0.12);
  });

  it('gives each quantile within 2 %, for values of either sign and any size', () => {
    fc.assert(
      fc.property(
        fc.array(anyValue, { minLength: 1, maxLength: 400, size: 'max' }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, q) => {
          const exact = exactQuantile(values, q);
          expect(sketchOf(values).quantile(q)).to.be.closeTo(exact, toleranceOf(exact));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('gives a value alone within 2 %, for every magnitude that a double has', () => {
    const wrong: number[] = [];
    for (let exponent = -1074; exponent < 39.8; exponent += 0.013) {
      for (const value of [2 ** exponent, -(2 ** exponent)]) {
        const error = Math.abs((sketchOf([value]).quantile(0.5) ?? 0) - value);
        if (error > toleranceOf(value)) wrong.push(value);
      }
    }
    expect(wrong).to.deep.equal([]);
  });

  it('tells tiny magnitudes from zero, in order, however many there are', () => {
    const magnitudes = [1e-9, 9e-10, 1e-10, 1e-11, 1e-300, Number.MIN_VALUE];
    const few = [...magnitudes.map((magnitude) => -magnitude), 0, ...magnitudes.toReversed()];
    const many = few.flatMap((value) => Array.from({ length: 20 }, () => value));
    for (const [i, value] of few.entries()) {
      for (const sketch of [sketchOf(few), sketchOf(many)]) {
        expect(sketch.quantile((i + 1) / few.length)).to.be.closeTo(value, toleranceOf(value));
      }
    }
  });

  it('keeps the bytes it had before tiny magnitudes had bins', () => {
    expect(Buffer.from(sketchOf([0, 1e-9, 5, 19.9, -3]).encode()).toString('hex')).to.equal('05c508fe5f1111807f2e21');
  });

  it('takes huge magnitudes for 1e12', () => {
    expect(sketchOf([1e300]).quantile(0)).to.be.closeTo(1e12, 2.1e10);
    expect(sketchOf([-1e300]).quantile(0)).to.be.closeTo(-1e12, 2.1e10);
  });

  it('has the same bytes for the same values, however they came together, and gives them back', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyValue, { maxLength: 200, size: 'max' }), { maxLength: 6 }), (groups) => {
        const whole = sketchOf(groups.flat());
        const merged = new DDSketch();
        for (const group of groups.toReversed()) merged.merge(sketchOf(group));
        const bytes = whole.encode();
        expect(merged.encode()).to.deep.equal(bytes);
        const decoded = DDSketch.decode(bytes);
        expect(decoded.encode()).to.deep.equal(bytes);
        expect(decoded.quantile(0.5)).to.equal(whole.quantile(0.5));
        expect(bytes.length).to.be.at.most(MAX_SKETCH_HEAD_BYTES + MAX_BIN_BYTES * groups.flat().length);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps counts past 32 bits', () => {
    const sketch = sketchOf([1, 1, 1, 5]);
    for (let doubling = 0; doubling < 40; doubling++) sketch.merge(DDSketch.decode(sketch.encode()));
    const decoded = DDSketch.decode(sketch.encode());
    expect(decoded.encode()).to.deep.equal(sketch.encode());
    expect(decoded.quantile(0.7)).to.be.closeTo(1, 0.02);
    expect(decoded.quantile(0.8)).to.be.closeTo(5, 0.1);
  });

  const targets: readonly [number, number][] = [
    [1, 4],
    [10, 21],
    [50, 87],
    [500, 241],
    [10_000, 383],
  ];
  for (const [count, bytes] of targets) {
    it(`takes at most ${bytes} bytes for ${count} values`, () => {
      expect(sketchOf(amounts(3, count)).encode().length).to.be.at.most(bytes);
    });
  }
});
