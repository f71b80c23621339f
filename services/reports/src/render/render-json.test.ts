import { expect } from 'chai';
import fc from 'fast-check';
import { sampleReport } from '../testing/sample-report.ts';
import { canonicalJson } from './canonical-json.ts';
import { renderJson } from './render-json.ts';

describe('canonical-json', () => {
  it('writes keys in order, numbers in one form, and nothing that is undefined', () => {
    const value = { b: [1e21, -0, 1.0, 0.1], a: { z: null, y: undefined, x: 'é"\n' }, A: true };
    expect(canonicalJson(value)).to.equal('{"A":true,"a":{"x":"é\\"\\n","z":null},"b":[1e+21,0,1,0.1]}');
  });

  it('gives the same text in whatever order the keys were set, and JSON reads it back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).to.equal(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).to.deep.equal(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, undefined, () => 1]) {
    it(`throws for ${String(value)}, which JSON would lose`, () => {
      expect(() => canonicalJson({ value: [value] })).to.throw('no JSON holds');
    });
  }
});

describe('render-json', () => {
  it('holds the whole report', () => {
    const report = sampleReport();
    expect(JSON.parse(renderJson(report))).to.deep.equal(report);
    expect(renderJson(report)).to.match(/^\{"asOf":.*\}\n$/);
  });
});
