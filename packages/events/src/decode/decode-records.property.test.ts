import { expect } from 'chai';
import fc from 'fast-check';
import { aggregateRecords } from '../kpl/aggregate-records.ts';
import { textOf } from '../records/event-text.ts';
import type { Decoded, StreamRecord } from '../records/stream-record.ts';
import { ARRIVAL, recordOf, textWith, withTexts } from '../testing/stream-records.ts';
import { decodeRecords } from './decode-records.ts';

const goodText = fc
  .record({
    id: fc.string({ unit: fc.constantFrom('a', '"', '\\', '[', ']', '{', '}', ','), minLength: 1, maxLength: 8 }),
    userId: fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
    value: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    properties: fc.dictionary(fc.string({ maxLength: 3 }), fc.string({ unit: 'grapheme', maxLength: 5 }), {
      maxKeys: 2,
    }),
    other: fc.jsonValue({ maxDepth: 2 }),
  })
  .map(textWith);
const blank = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 2 });
const lineBreak = fc.constantFrom('\n', '\r\n', '\n\n', ' \n \n');

/** The texts of some events, and bytes that hold them in one of the forms. */
interface Sample {
  readonly texts: readonly string[];
  readonly bytes: Uint8Array;
}

const sampleOf = (texts: readonly string[], text: string): Sample => ({ texts, bytes: Buffer.from(text) });
const one = fc.tuple(blank, goodText, blank).map(([before, text, after]) => sampleOf([text], before + text + after));
const several = fc.array(goodText, { minLength: 1, maxLength: 5 });
const array = fc
  .tuple(several, blank)
  .map(([texts, gap]) => sampleOf(texts, `${gap}[${gap}${texts.join(`${gap},${gap}`)}${gap}]${gap}`));
const lines = fc.tuple(several, lineBreak).map(([texts, gap]) => sampleOf(texts, texts.join(gap) + gap));
const plain = fc.oneof(one, array, lines);
const aggregate = fc.array(plain, { minLength: 1, maxLength: 4 }).map((parts) => ({
  texts: parts.flatMap(({ texts }) => texts),
  bytes: aggregateRecords(parts.map(({ bytes }, index) => ({ partitionKey: `key-${index % 2}`, data: bytes }))),
}));
const samples = fc.oneof({ weight: 3, arbitrary: one }, array, lines, aggregate);

/** Pieces of JSON that might close, swallow or divide what a neighbour began. */
const fragment = fc
  .array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '"a"',
      '"a":',
      '{}',
      '1',
      '\n',
      '\r',
      ' ',
      'é',
      '\u0000',
      '},{',
      '],[',
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));
const hostile = fc.oneof(
  fragment.map((text) => `{${text}}`),
  fragment,
  fc.constantFrom(
    '{"a":[{}',
    '{"a":[{}}',
    '{}]}',
    '{}],[{}',
    '{},{}',
    '{"x":1},{"y":1}',
    '{"a":[{"b":1}',
    '{"c":1}]}',
    '{"a":"}',
    '{"a":1}/*}',
    '{"b":{}',
    '{}}',
    '{"\\u0022":"}',
  ),
  goodText,
);

describe('decodeRecords, for all records', () => {
  it('gives the same events in order, numbered from 0, whatever the form they come in', () => {
    fc.assert(
      fc.property(fc.array(samples, { maxLength: 12 }), (given) => {
        const decoded = decodeRecords(given.map(({ bytes }, index) => recordOf(bytes, index)));
        const found = given.map((_, index) => decoded.filter(({ sequenceNumber }) => Number(sequenceNumber) === index));
        expect(found.flat()).to.deep.equal(decoded);
        expect(found.map(textsOf)).to.deep.equal(given.map(({ texts }) => texts));
        for (const each of found) expect(each.map(({ index }) => index)).to.deep.equal([...each.keys()]);
      }),
    );
  });

  it('gives each record what it would give the record alone', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 2, maxLength: 8 }), (texts) => {
        const records = texts.map((text, index) => recordOf(text, index));
        expect(withTexts(decodeRecords(records))).to.deep.equal(oneByOne(records));
      }),
      { numRuns: 500 },
    );
  });

  const forged: [string, string[]][] = [
    ['join their neighbour', ['{"a":[{}', '{}]}']],
    ['join their neighbour and make up for it by an element', ['{},1,{"a":[{}', '{}]}']],
    ['make up for it behind', ['{"a":[{}', '{}]},1,{}']],
    ['hide their neighbour in a string', ['{},1,{"a":"}', '{","b":{}}']],
    ['close the array', ['{}],[{}', '{}']],
    ['hold several', ['{},{}', '{}']],
    ['join their neighbour, with fields, and make up for it before', ['{"x":1},{"y":1}', '{"a":[{"b":1}', '{"c":1}]}']],
    ['join their neighbour, with fields, and make up for it behind', ['{"a":[{"b":1}', '{"c":1}]},{"x":1}']],
    ['hide their neighbour, with fields, in a string', ['{"x":1},{"a":"}', '{","b":{"c":1}}']],
  ];
  for (const [name, texts] of forged) {
    it(`is not misled by records that ${name}`, () => {
      const records = [textWith(), ...texts, textWith()].map((text, index) => recordOf(text, index));
      expect(withTexts(decodeRecords(records))).to.deep.equal(oneByOne(records));
    });
  }

  it('gives more records than are joined at once what it would give each alone', () => {
    const records = Array.from({ length: 300 }, (_, index) => recordOf(textWith({ id: `e${index}` }), index));
    records[130] = recordOf('{}]}', 130);
    records[200] = recordOf(textWith({ userId: 'é' }), 200);
    expect(withTexts(decodeRecords(records))).to.deep.equal(oneByOne(records));
  });

  it('keeps each text as it was, however many there are, and however long', () => {
    const texts = Array.from({ length: 3_000 }, (_, index) =>
      textWith({ id: `e${index}`, pad: 'x'.repeat(index % 700) }),
    );
    const decoded = decodeRecords(texts.map((text, index) => recordOf(`${text}${index % 3 ? '' : '\r\n'}`, index)));
    expect(textsOf(decoded)).to.deep.equal(texts);
  });

  it('never throws, and answers with the record’s own bytes or events', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 }), (given) => {
        const decoded = decodeRecords(given.map((bytes, index) => recordOf(bytes, index)));
        for (const each of decoded) expect(each).to.include({ kind: 'refusal', arrival: ARRIVAL });
        expect(new Set(decoded.map(({ sequenceNumber }) => sequenceNumber)).size).to.equal(given.length);
      }),
    );
  });
});

function oneByOne(records: readonly StreamRecord[]): object[] {
  return records.flatMap((record) => withTexts(decodeRecords([record])));
}

function textsOf(decoded: readonly Decoded[]): string[] {
  return decoded.map((each) => (each.kind === 'event' ? textOf(each) : each.detail));
}
