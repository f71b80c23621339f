import { expect } from 'chai';
import {
  isSecretOf,
  makeUnsubscribeSecret,
  readUnsubscribeToken,
  UNSUBSCRIBE_SECRET_BYTES,
  unsubscribeToken,
} from './unsubscribe-token.ts';

const secret = makeUnsubscribeSecret(Buffer.alloc(UNSUBSCRIBE_SECRET_BYTES, 7));
const ADDRESS_ID = 'ad_47DEQpj8HBSa-_TImW-5';

describe('a token to unsubscribe', () => {
  it('is read as it was written, and needs no encoding in a path', () => {
    const token = unsubscribeToken({ addressId: ADDRESS_ID, secret });
    expect(readUnsubscribeToken(token)).to.deep.equal({ addressId: ADDRESS_ID, secret });
    expect(encodeURIComponent(token)).to.equal(token);
  });

  for (const text of ['', '.', ADDRESS_ID, `${ADDRESS_ID}.`, `${ADDRESS_ID}.${secret}x`, `${ADDRESS_ID}.${secret}.`]) {
    it(`is not '${text}'`, () => expect(readUnsubscribeToken(text)).to.equal(undefined));
  }

  it('belongs to the address that has its secret, and to no erased one', () => {
    expect(isSecretOf({ secret }, secret)).to.equal(true);
    expect(isSecretOf({ secret }, makeUnsubscribeSecret(Buffer.alloc(UNSUBSCRIBE_SECRET_BYTES)))).to.equal(false);
    expect(isSecretOf({ secret }, secret.slice(1))).to.equal(false);
    expect(isSecretOf({ secret }, undefined)).to.equal(false);
  });

  it('has a secret of enough random bytes', () => {
    expect(() => makeUnsubscribeSecret(Buffer.alloc(8))).to.throw('a secret has 16 bytes');
  });
});
