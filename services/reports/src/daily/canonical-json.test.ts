import { expect } from 'chai';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';

describe('canonical JSON', () => {
  it('has sorted names at every depth, and keeps the order of lists', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }, 'x'], a: null })).to.equal('{"a":null,"b":[{"c":2,"d":1},"x"]}');
  });

  it('does not depend on the order in which names were set', () => {
    const [one, other] = [
      { x: 1, y: { p: 1, q: 2 } },
      { y: { q: 2, p: 1 }, x: 1 },
    ];
    expect(canonicalJson(one)).to.equal(canonicalJson(other));
  });

  it('writes a name like __proto__ as it stands', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":2}'))).to.equal('{"__proto__":2,"b":1}');
  });

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
