import { expect } from 'chai';
import fc from 'fast-check';
import { checkSurrogates } from './check-surrogates.ts';

const check = (text: string) => checkSurrogates(text, JSON.parse(text));

describe('checkSurrogates', () => {
  const refused: [what: string, text: string, pointer: string][] = [
    ['a first half', '{"userId":"\\ud800"}', '/userId'],
    ['a second half', '{"userId":"\\uDFFF"}', '/userId'],
    ['halves in the wrong order', '{"userId":"\\udc00\\ud800"}', '/userId'],
    ['a half behind a pair', '{"userId":"\\ud83d\\ude00\\ude00"}', '/userId'],
    ['a half before a pair', '{"userId":"\\ud83d\\ud83d\\ude00"}', '/userId'],
    ['a half behind an escaped backslash', '{"userId":"\\\\\\ud800"}', '/userId'],
    ['a pair that is interrupted', '{"userId":"\\ud83dx\\ude00"}', '/userId'],
    ['a half in a property', '{"properties":{"a":1,"b":"\\ud800"}}', '/properties'],
    ['a half in the name of a property', '{"properties":{"\\ud800":1}}', '/properties'],
    ['a half in an unknown field, however deep', '{"userId":"u","x":[{"y":"\\udc00"}]}', ''],
    ['a half in the name of an unknown field', '{"userId":"u","\\udc00":1}', ''],
    ['a half under a key that comes again', '{"userId":"\\ud800","userId":"u"}', ''],
  ];
  for (const [what, text, pointer] of refused) {
    it(`refuses ${what}`, () => {
      expect(check(text)).to.include({ ok: false, reason: 'shape', pointer });
    });
  }

  for (const text of [
    '{"a":"\\ud83d\\ude00"}',
    '{"a":"\\uD83D\\uDE00😀"}',
    '{"a":"\\\\ud800"}',
    '{"a":"\\u00e9\\ufffd"}',
  ]) {
    it(`takes ${text}`, () => expect(check(text)).to.equal(undefined));
  }

  it('agrees with JSON.parse on every string, however its characters are written', () => {
    const unit = fc.constantFrom('\\ud83d', '\\uDE00', '\\\\', '\\"', '\\n', 'u', 'd', '8', '😀', '\\u0041');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (written) => {
        const text = `{"userId":"${written}"}`;
        const isWhole = (JSON.parse(text) as { userId: string }).userId.isWellFormed();
        expect(check(text) === undefined).to.equal(isWhole);
      }),
    );
  });
});
