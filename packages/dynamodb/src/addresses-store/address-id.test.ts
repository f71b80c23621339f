import { expect } from 'chai';
import { addressIdOf, isAddressId } from './address-id.ts';

describe('the id of an address', () => {
  it('is the same however its letters are written', () => {
    const id = addressIdOf('zoe@shop.example');
    expect(addressIdOf(' Zoe@SHOP.example ')).to.equal(id);
    expect(addressIdOf('zoe@shop.example.org')).to.not.equal(id);
    expect(id).to.satisfy(isAddressId).and.not.include('zoe');
  });

  it('stays the same: items are stored under it', () => {
    // SHA-256 of the text, base64url, the first 20 characters.
    expect(addressIdOf('')).to.equal('ad_47DEQpj8HBSa-_TImW-5');
  });

  for (const text of ['', 'ad_', 'wh_47DEQpj8HBSa-_TImW-5', 'ad_47DEQpj8HBSa-_TImW-5x', 'zoe@shop.example']) {
    it(`is not '${text}'`, () => expect(isAddressId(text)).to.equal(false));
  }
});
