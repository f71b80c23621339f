import { expect } from 'chai';
import fc from 'fast-check';
import { findSurrogates } from './find-surrogates.ts';

const pointersIn = (text: string) => findSurrogates(text).map(({ pointer }) => pointer);

describe('findSurrogates', () => {
  const refused: [what: string, text: string, pointer: string][] = [
    ['a first half', '{"userId":"\\ud800"}', '/userId'],
    ['a second half', '{"userId":"\\uDFFF"}', '/userId'],
    ['halves in the wrong order', '{"userId":"\\udc00\\ud800"}', '/userId'],
    ['a half behind a pair', '{"userId":"\\ud83d\\ude00\\ude00"}', '/userId'],
    ['a half before a pair', '{"userId":"\\ud83d\\ud83d\\ude00"}', '/userId'],
    ['a half behind an escaped backslash', '{"userId":"\\\\\\ud800"}', '/userId'],
    ['a pair that is interrupted', '{"userId":"\\ud83dx\\ude00"}', '/userId'],
    ['a half in a property', '{"properties":{"a":1,"b":"\\ud800"}}', '/properties/b'],
    ['a half in the name of a property', '{"properties":{"\\ud800":1}}', '/properties'],
    ['a half in an unknown field, however deep', '{"userId":"u","x":[{"y":"\\udc00"}]}', '/x/0/y'],
    ['a half in the name of an unknown field', '{"userId":"u","\\udc00":1}', ''],
    ['a half under a key that comes again', '{"userId":"\\ud800","userId":"u"}', '/userId'],
  ];
  for (const [what, text, pointer] of refused) {
    it(`refuses ${what}`, () => {
      expect(pointersIn(text)).to.deep.equal([pointer]);
    });
  }

  it('finds every one, and says whether it is a value or a name', () => {
    const found = findSurrogates('{"userId":"\\ud800","properties":{"a/b":"\\udfff","\\ud800":["\\ud800"]}}');
    expect(found.map(({ pointer, detail }) => [pointer, detail.split(' half')[0]])).to.deep.equal([
      ['/userId', 'holds'],
      ['/properties/a~1b', 'holds'],
      ['/properties', 'has a field whose name holds'],
      ['/properties/\ufffd/0', 'holds'],
    ]);
  });

  it('stops after so many that nobody reads more, and before pointers are longer than their text', () => {
    expect(pointersIn(JSON.stringify(Array(1_000).fill('\ud800')))).to.have.length(16);
    expect(pointersIn(JSON.stringify({ ['x'.repeat(60_000)]: Array(1_000).fill('\ud800') }))).to.have.length(1);
    expect(pointersIn(`${'['.repeat(200_000)}"\\ud800","\\ud800"${']'.repeat(200_000)}`)).to.have.length(1);
  });

  for (const text of [
    '{"a":"\\ud83d\\ude00"}',
    '{"a":"\\uD83D\\uDE00😀"}',
    '{"a":"\\\\ud800"}',
    '{"a":"\\u00e9\\ufffd"}',
  ]) {
    it(`takes ${text}`, () => expect(pointersIn(text)).to.deep.equal([]));
  }

  it('agrees with JSON.parse on every string, however its characters are written', () => {
    const unit = fc.constantFrom('\\ud83d', '\\uDE00', '\\\\', '\\"', '\\n', 'u', 'd', '8', '😀', '\\u0041');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (written) => {
        const text = `{"userId":"${written}"}`;
        const isWhole = (JSON.parse(text) as { userId: string }).userId.isWellFormed();
        expect(pointersIn(text)).to.deep.equal(isWhole ? [] : ['/userId']);
      }),
    );
  });
});
