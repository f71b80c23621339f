import { expect } from 'chai';
import fc from 'fast-check';
import { newAsymmetricSecret, newSymmetricSecret, publicKeyOf, readSecret } from './secrets.ts';

const bytesOf = (min: number, max: number) => fc.uint8Array({ minLength: min, maxLength: max });

describe('the secrets of an endpoint', () => {
  it('are the bytes that were drawn, in base64, with the prefix of Standard Webhooks', () => {
    fc.assert(
      fc.property(bytesOf(24, 64), (random) => {
        const secret = newSymmetricSecret(random);
        expect(secret).to.match(/^whsec_[\w+/]+=*$/);
        expect(readSecret(secret)).to.deep.equal({ scheme: 'v1', bytes: Buffer.from(random) });
      }),
    );
  });

  it('have a public key where they are asymmetric (RFC 8032, 7.1, test 1)', () => {
    const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
    const key = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex');
    const secret = newAsymmetricSecret(seed);
    expect(secret).to.equal(`whsk_${Buffer.concat([seed, key]).toString('base64')}`);
    expect(publicKeyOf(secret)).to.equal(`whpk_${key.toString('base64')}`);
    expect(publicKeyOf(newSymmetricSecret(seed))).to.equal(undefined);
  });

  it('are refused where they are too short, or of another kind, by an error that does not show them', () => {
    const short = Buffer.alloc(23, 7);
    expect(() => newSymmetricSecret(short)).to.throw('24 bytes or more');
    expect(() => newAsymmetricSecret(short)).to.throw('32 bytes');
    const wrong = ['whpk_', 'whsk_', 'whsec_', ''].map((prefix) => prefix + short.toString('base64'));
    for (const text of wrong) {
      expect(() => readSecret(text))
        .to.throw()
        .with.property('message')
        .not.contain(short.toString('base64'));
    }
  });
});
