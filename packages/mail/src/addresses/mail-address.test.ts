import { expect } from 'chai';
import { isMailAddress } from './mail-address.ts';

describe('an address for mail', () => {
  for (const text of [
    ...['zoe@shop.example', 'Zoe.O+weir@Shop.Example', "o'neill@shop.example", 'a@b.co', '1@2.example'],
    ...['z@xn--mnchen-3ya.example', `${'a'.repeat(64)}@shop.example`, `z@${'a'.repeat(63)}.example`],
  ]) {
    it(`is ${text.slice(0, 80)}`, () => expect(isMailAddress(text)).to.equal(true));
  }

  for (const text of [
    ...['', '@', 'zoe', 'zoe@', '@shop.example', 'zoe@localhost', 'zoe@shop..example', '.zoe@shop.example'],
    ...['zoe.@shop.example', 'z..e@shop.example', 'zoe@-shop.example', 'zoe@shop.example.', 'zoë@shop.example'],
    ...['zoe@münchen.example', 'zoe o@shop.example', 'zoe,abe@shop.example', '<zoe@shop.example>', '"z"@shop.example'],
    ...['=?utf-8?q?abe?=@shop.example', 'z=?@shop.example'],
    ...['zoe@[127.0.0.1]', 'zoe@shop.example\r\nBcc: all@shop.example', 'a@b@shop.example', 'zoe@shop.example '],
    ...[`${'a'.repeat(65)}@shop.example`, `z@${'a'.repeat(64)}.example`, `z@${'abc.'.repeat(63)}example`],
  ]) {
    it(`is not ${JSON.stringify(text).slice(0, 80)}`, () => expect(isMailAddress(text)).to.equal(false));
  }
});
