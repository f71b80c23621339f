import { expect } from 'chai';
import fc from 'fast-check';
import { inThousands } from './in-thousands.ts';

describe('inThousands', () => {
  it('writes any whole number as the English locale does', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (whole) => {
        expect(inThousands(whole)).to.equal(whole.toLocaleString('en-US'));
      }),
    );
  });
});
