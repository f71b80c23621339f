import { expect } from 'chai';
import fc from 'fast-check';
import { createKeyText, identifyKeyText, isKeyText } from './key-text.ts';

/** The checksum and hash of the key with only zeros as its secret. */
const PINNED = { checksum: 'F6b2Kd', hash: '3V8jzdZ1GhKvOD3plgi3Mj9o9r9ZAXqTd3yY8PRJA04' };

const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('the text of a key', () => {
  it('is weir_, 43 characters of secret and 6 of checksum', () => {
    fc.assert(
      fc.property(secrets, (random) => {
        const text = createKeyText(random);
        expect(text).to.match(/^weir_[A-Za-z0-9_-]{49}$/);
        expect(Buffer.from(text.slice(5, 48), 'base64url')).to.deep.equal(Buffer.from(random));
        expect(isKeyText(text)).to.equal(true);
      }),
    );
  });

  it('is refused if one character is changed, missing, or added', () => {
    fc.assert(
      fc.property(secrets, fc.nat(53), fc.constantFrom(...'AZaz09_-'), (random, at, character) => {
        const text = createKeyText(random);
        const [before, after] = [text.slice(0, at), text.slice(at + 1)];
        if (text[at] !== character) expect(isKeyText(before + character + after)).to.equal(false);
        expect(isKeyText(before + after)).to.equal(false);
        expect(isKeyText(before + character + text.slice(at))).to.equal(false);
      }),
    );
  });

  it('keeps its form in every version, as callers have keys', () => {
    const text = createKeyText(new Uint8Array(32));
    expect(text).to.equal(`weir_${'A'.repeat(43)}${PINNED.checksum}`);
    expect(identifyKeyText(text)).to.deep.equal({ id: `key_${PINNED.hash.slice(0, 20)}`, hash: PINNED.hash });
  });

  it('has an id and a hash that differ for each key and do not show the text', () => {
    fc.assert(
      fc.property(secrets, secrets, (one, other) => {
        fc.pre(!Buffer.from(one).equals(Buffer.from(other)));
        const [a, b] = [one, other].map(createKeyText).map(identifyKeyText);
        expect(a?.id).to.not.equal(b?.id);
        expect(a?.hash).to.not.equal(b?.hash);
      }),
    );
  });

  for (const length of [0, 31, 33]) {
    it(`is not made of ${length} bytes`, () => {
      expect(() => createKeyText(new Uint8Array(length))).to.throw(RangeError);
    });
  }

  for (const text of ['', 'weir_', 'the-bootstrap-key', `weir_${'A'.repeat(49)}`, `WEIR_${'A'.repeat(49)}`]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      expect(isKeyText(text)).to.equal(false);
    });
  }
});
