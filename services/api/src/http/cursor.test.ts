import { expect } from 'chai';
import fc from 'fast-check';
import { createCursors } from './cursor.ts';

const cursors = createCursors({ secret: 'a secret' });

describe('cursors', () => {
  it('give back the position to the listing that made them, and to no other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (listing, other, position) => {
        const cursor = cursors.seal(listing, position);
        expect(cursors.open(listing, cursor)).to.equal(position);
        if (other !== listing) expect(cursors.open(other, cursor)).to.equal(undefined);
        expect(createCursors({ secret: 'another' }).open(listing, cursor)).to.equal(undefined);
      }),
    );
  });

  it('cannot be made up or changed', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.constantFrom(...'AZaz09_-'), (position, at, character) => {
        const cursor = cursors.seal('list', position);
        const index = at % cursor.length;
        const forged = cursor.slice(0, index) + character + cursor.slice(index + 1);
        if (forged !== cursor) expect(cursors.open('list', forged)).to.equal(undefined);
        expect(cursors.open('list', position)).to.equal(undefined);
      }),
    );
  });

  it('need a secret', () => {
    expect(() => createCursors({ secret: '' })).to.throw();
  });
});
