import { expect } from 'chai';
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
});
