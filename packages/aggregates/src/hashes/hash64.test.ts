import { expect } from 'chai';
import fc from 'fast-check';
import { hash64 } from './hash64.ts';

const OUT = new Uint32Array(2);

function hex(text: string): string {
  hash64(text, OUT);
  return [...OUT].map((word) => word.toString(16).padStart(8, '0')).join('');
}

describe('hash64', () => {
  const golden: readonly [string, string][] = [
    ['', '551cad46c662bef8'],
    ['a', 'd2c62d1a46a05149'],
    ['ab', 'ae05d82423b1d871'],
    ['abc', 'ef20f0ba7bd0dbda'],
    ['abcd', '325fc0ff3e66babe'],
    ['abcde', '0fc3f09fce264ef0'],
    ['u_42', 'd7f1ed7126997410'],
    ['018f3a7c-1111-7000-8000-000000000001', '91244825239bddd4'],
    ['grün', '02feb88c289615a2'],
    ['漢字かな', '209468c1d82c2601'],
    ['🌊🌊', '74c6387ff8b61a1d'],
    ['\ud800', 'cd6c78a409c5ab1a'],
    ['x\udc00y', '5d022cc4c8eccf01'],
    ['\0', 'a2d52923c2ed2ee1'],
  ];

  for (const [text, expected] of golden) {
    it(`always gives the same hash for ${JSON.stringify(text)}`, () => {
      expect(hex(text)).to.equal(expected);
    });
  }

  it('tells apart texts that differ in trailing zeros, in upper bytes, and in lone surrogates', () => {
    const texts = [
      '',
      '\0',
      '\0\0',
      '\0\0\0\0',
      '\0\0\0\0\0',
      'Ā',
      '\u0001',
      '\ud800',
      '\udc00',
      '\ufffd',
      '\ud800\udc00',
    ];
    expect(new Set(texts.map(hex)).size).to.equal(texts.length);
  });

  it('does not confuse upper bytes with the word that follows', () => {
    expect(hex('Āabcefgh')).not.to.equal(hex('\0abc\u0001\0\0\0efgh'));
  });

  it('has no collision, and halves that collide as rarely as chance, over 100,000 ids in a row', () => {
    const count = 100_000;
    const words = new Uint32Array(2 * count);
    for (let i = 0; i < count; i++) hash64(`order-${i}`, words.subarray(2 * i, 2 * i + 2));
    expect(collisions(new BigUint64Array(words.buffer))).to.equal(0);
    // count^2 / 2^33 = 1.2 collisions of 32 bits are expected.
    expect(collisions(words.filter((_, i) => i % 2 === 0))).to.be.below(9);
    expect(collisions(words.filter((_, i) => i % 2 === 1))).to.be.below(9);
  });

  it('gives a text another hash under each seed, and uses a seed of its own if none is given', () => {
    const words = new Uint32Array(2 * 40_000);
    for (const text of ['', 'x', 'grün', '018f3a7c-1111']) {
      for (let i = 0; i < 10_000; i++) {
        hash64(text, words.subarray(8 * i, 8 * i + 2), Uint32Array.of(i, 0));
        hash64(text, words.subarray(8 * i + 2, 8 * i + 4), Uint32Array.of(0, i + 1));
        hash64(text, words.subarray(8 * i + 4, 8 * i + 6), Uint32Array.of((i + 1) << 18, i + 1));
        hash64(text, words.subarray(8 * i + 6, 8 * i + 8), Uint32Array.of(~i, ~i));
      }
      expect(collisions(new BigUint64Array(words.buffer))).to.equal(0);
      hash64(text, OUT, Uint32Array.of(0x9e3779b9, 0x6a09e667));
      expect([...OUT].map((word) => word.toString(16).padStart(8, '0')).join('')).to.equal(hex(text));
    }
  });

  it('changes about half of the bits when one bit of the text changes', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }), fc.nat(), fc.nat(15), (text, at, bit) => {
        const i = at % text.length;
        const flipped = text.slice(0, i) + String.fromCharCode(text.charCodeAt(i) ^ (1 << bit)) + text.slice(i + 1);
        const difference = BigInt(`0x${hex(text)}`) ^ BigInt(`0x${hex(flipped)}`);
        const changed = difference.toString(2).replaceAll('0', '').length;
        // Of 64 fair coins, fewer than 8 or more than 56 fall once in 10^9.
        expect(changed).to.be.within(8, 56);
      }),
    );
  });
});

function collisions(hashes: Uint32Array | BigUint64Array): number {
  const sorted = hashes.slice().sort();
  let equal = 0;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) equal++;
  return equal;
}
