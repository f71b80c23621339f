import { expect } from 'chai';
import fc from 'fast-check';
import { findJsonError } from './json-error.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('findJsonError', () => {
  const faults: [text: string, at: number][] = [
    ['', 0],
    ['  ', 2],
    ['{"a":NaN}', 5],
    ['[1,]', 3],
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ['[1 2]', 3],
    ['{"a":1} x', 8],
    ['"a\nb"', 2],
    ['"\\x"', 1],
    ['"open', 5],
    ['[01]', 2],
    ['[1}', 2],
    ['[-]', 1],
    ['{1:2}', 1],
    ['\u00a01', 0],
  ];
  for (const [text, at] of faults) {
    it(`finds the fault of ${JSON.stringify(text)} at ${at}`, () => {
      expect(isJson(text)).to.equal(false);
      expect(findJsonError(text)).to.equal(at);
    });
  }

  it('reaches the end of every JSON text', function () {
    this.timeout(20_000);
    fc.assert(fc.property(fc.json(), (text) => findJsonError(text) === text.length));
  });

  it('stops before the end of a text that JSON.parse refuses, or at its end if the text is incomplete', function () {
    this.timeout(20_000);
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', '{', ']', ',', 'x', '\\', '\u0001', ':'))
      .map(([text, at, piece]) => {
        const cut = at % (text.length + 1);
        return piece === '' ? text.slice(0, cut) : text.slice(0, cut) + piece + text.slice(cut);
      });
    fc.assert(
      fc.property(broken, (text) => {
        const at = findJsonError(text);
        if (isJson(text)) return at === text.length;
        // The text before the fault could still become JSON: it must be a JSON text that ends too early.
        return at <= text.length && findJsonError(text.slice(0, at)) === at;
      }),
      { numRuns: 500 },
    );
  });

  it('survives nesting deeper than any stack', () => {
    expect(findJsonError('['.repeat(500_000))).to.equal(500_000);
  });
});
