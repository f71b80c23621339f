import { expect } from 'chai';
import { checkProfile } from './check-profile.ts';
import { MAX_PROFILE_BYTES } from './limits.ts';

/** A profile of exactly this many bytes. */
function ofSize(bytes: number): object {
  return { attributes: { a: 'x'.repeat(bytes - '{"attributes":{"a":""}}'.length) } };
}

function nested(levels: number): unknown {
  return JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
}

describe('checkProfile', () => {
  for (const [what, profile] of [
    ['nothing', {}],
    ['everything', { name: 'Zoë', email: 'zoe@example.org', attributes: { plan: 'pro', tags: [1, null, { x: [] }] } }],
    ['256 characters of two units', { name: '\u{1f600}'.repeat(256) }],
    ['an address of any script', { email: '用户@例え.jp' }],
    ['16 KiB', ofSize(MAX_PROFILE_BYTES)],
    ['32 levels', { attributes: nested(31) }],
    ['__proto__ as an attribute', { attributes: JSON.parse('{"__proto__":{"x":1}}') }],
  ] as const) {
    it(`accepts ${what}`, () => {
      expect(checkProfile(profile)).to.deep.equal({ kind: 'valid', value: profile });
    });
  }

  for (const [what, profile, pointer] of [
    ['an array', [], ''],
    ['null', null, ''],
    ['a name of nothing', { name: '' }, '/name'],
    ['a name that is a number', { name: 1 }, '/name'],
    ['257 characters', { name: 'x'.repeat(257) }, '/name'],
    ['an address without @', { email: 'zoe' }, '/email'],
    ['an address of two lines', { email: 'zoe@example.org\n' }, '/email'],
    ['an address of 321 characters', { email: `${'x'.repeat(319)}@x` }, '/email'],
    ['attributes that are a list', { attributes: [] }, '/attributes'],
    ['what it does not know', { avatar: {} }, '/avatar'],
    ['__proto__', JSON.parse('{"__proto__":{}}'), '/__proto__'],
    ['more than 16 KiB', ofSize(MAX_PROFILE_BYTES + 1), ''],
    ['33 levels', { attributes: nested(32) }, `/attributes${'/a'.repeat(31)}`],
    ['30,000 levels', { attributes: nested(30_000) }, `/attributes${'/a'.repeat(31)}`],
  ] as const) {
    it(`refuses ${what}, with its place`, () => {
      const checked = checkProfile(profile);
      expect(checked.kind === 'faults' && checked.faults.map((fault) => fault.pointer)).to.deep.equal([pointer]);
    });
  }
});
