import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { MAX_EVENT_BYTES, MAX_NESTING } from '../contract/limits.ts';
import { aggregateRecords } from '../kpl/aggregate-records.ts';
import { textOf } from '../records/event-text.ts';
import type { Decoded } from '../records/stream-record.ts';
import { ARRIVAL, recordOf, textWith, withTexts } from '../testing/stream-records.ts';
import { decodeRecords } from './decode-records.ts';

const good = textWith({ id: 'neighbour' });
const aggregate = aggregateRecords([{ partitionKey: 'a', data: Buffer.from(good) }]);
const tiny = { partitionKey: 'a', data: Buffer.from('1') };
const manyLines = Buffer.from(`${good}\n${'1\n'.repeat(15_000)}`);

/** The reason or the id of each, after its index. */
const outline = (decoded: readonly Decoded[]) =>
  decoded.map((each) => [each.index, each.kind === 'event' ? each.id : each.reason]);

describe('decodeRecords', () => {
  it('gives an event its position, its fields and its own text', () => {
    const text = `{"value": 1.50, "id":"e1","userId":"u","action":"a","timestamp":${ARRIVAL},"n":12345678901234567890}`;
    const record = recordOf(text, 7);
    const fields = { id: 'e1', userId: 'u', action: 'a', timestamp: ARRIVAL, value: 1.5 };
    const expected = {
      kind: 'event',
      sequenceNumber: record.sequenceNumber,
      index: 0,
      arrival: ARRIVAL,
      ...fields,
      text,
    };
    expect(withTexts(decodeRecords([record]))).to.deep.equal([expected]);
    expect(withTexts(decodeRecords([record, recordOf(good)]))[0]).to.deep.equal(expected);
  });

  const forms: [string, Uint8Array | string, string[]][] = [
    ['an object', textWith({ id: 'a' }), [textWith({ id: 'a' })]],
    ['an object with a line feed after it', `${textWith()}\r\n`, [textWith()]],
    ['an object over several lines', textWith().replaceAll(',', ',\r\n'), [textWith().replaceAll(',', ',  ')]],
    ['an array', `[${textWith()} ,\n ${textWith({ id: ']",\\"[' })}]`, [textWith(), textWith({ id: ']",\\"[' })]],
    ['lines, some of them blank', `\n${textWith()}\r\n \n\n${good}\n\n`, [textWith(), good]],
    ['an aggregate', aggregate, [good]],
    ['text outside ASCII', textWith({ userId: 'Zoë 😀\u2028' }), [textWith({ userId: 'Zoë 😀\u2028' })]],
    [
      'escaped surrogate pairs',
      '{"userId":"\\ud83d\\uDE00","action":"a","timestamp":1e12}',
      ['{"userId":"\\ud83d\\uDE00","action":"a","timestamp":1e12}'],
    ],
  ];
  for (const [name, bytes, texts] of forms) {
    it(`reads ${name}, alone and beside others`, () => {
      for (const records of [[recordOf(bytes)], [recordOf(bytes), recordOf(bytes), recordOf(good)]]) {
        const found = decodeRecords(records).slice(0, texts.length);
        expect(found.map((each) => (each.kind === 'event' ? textOf(each) : each.detail))).to.deep.equal(texts);
        expect(found.map(({ index }) => index)).to.deep.equal([...texts.keys()]);
      }
    });
  }

  it('takes the last of duplicate keys', () => {
    const [event] = decodeRecords([recordOf(`{"userId":"a","userId":"b","action":"x","timestamp":${ARRIVAL}}`)]);
    expect(event).to.include({ kind: 'event', userId: 'b' });
  });

  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  const pad = (bytes: number) => textWith({ pad: 'x'.repeat(bytes - textWith({ pad: '' }).length) });
  const broken = Buffer.from(aggregate);
  broken[10] = (broken[10] as number) ^ 1;

  const refused: [string, Uint8Array | string, string][] = [
    ['not JSON', 'hello', 'not-json'],
    ['half an object', '{"userId":"u"', 'not-json'],
    ['half an object over several lines', '{\n"userId":"u",\n', 'not-json'],
    ['half an array over several lines', `[\n${good},\n{"userId"`, 'not-json'],
    ['NaN as value', textWith({ value: 0 }).replace('"value":0', '"value":NaN'), 'not-json'],
    ['a byte order mark', `\ufeff${good}`, 'not-json'],
    ['a megabyte that is not JSON', '{'.repeat(1 << 20), 'not-json'],
    ['a hundred thousand brackets', '['.repeat(100_000), 'not-json'],
    ['two objects on a line', good + good, 'not-json'],
    ['an array that joins its neighbours', '{"a":[{}', 'not-json'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'not-utf8'],
    ['a surrogate in UTF-8', Buffer.from(good.replace('neighbour', '\xed\xa0\x80'), 'latin1'), 'not-utf8'],
    ['gzip', gzipSync(Buffer.alloc(1 << 20)), 'not-utf8'],
    ['nothing', '', 'empty'],
    ['white space', ' \t\r\n\n', 'empty'],
    ['an empty array', ' [ ] ', 'empty'],
    ['an aggregate of nothing', aggregateRecords([]), 'empty'],
    ['a megabyte in one event', pad(1 << 20), 'too-large'],
    ['a megabyte of broken lines', 'x\n'.repeat(1 << 19), 'too-large'],
    ['an array of a megabyte of numbers', `[${'1,'.repeat(1 << 19)}1]`, 'too-large'],
    ['an aggregate of too many records', aggregateRecords(Array(30_001).fill(tiny)), 'too-large'],
    ['an aggregate of too many lines', aggregateRecords(Array(2).fill({ ...tiny, data: manyLines })), 'too-large'],
    ['an event a byte over 64 KiB', pad(MAX_EVENT_BYTES + 1), 'too-large'],
    ['an aggregate with a wrong checksum', broken, 'kpl-checksum'],
    ['an aggregate cut short', aggregate.subarray(0, -5), 'kpl-checksum'],
    ['the magic alone', aggregate.subarray(0, 4), 'kpl-malformed'],
    ['a number', '42', 'shape'],
    ['nested objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'shape'],
    ['an infinite value', textWith({ value: 0 }).replace('"value":0', '"value":1e999'), 'shape'],
    ['an infinite timestamp', textWith({ timestamp: 0 }).replace('"timestamp":0', '"timestamp":1e999'), 'shape'],
    ['half of a surrogate pair', textWith({ userId: '\ud800' }), 'shape'],
    ['half of a surrogate pair in an unknown field', textWith({ more: [{ '\udfff': 1 }] }), 'shape'],
    ['an unknown field that is too deep', textWith({ more: 0 }).replace(':0', `:${nested(MAX_NESTING)}`), 'shape'],
    ['__proto__ as action', textWith({ action: '__proto__' }), 'shape'],
    ['an event inside __proto__', `{"__proto__":${good}}`, 'shape'],
    ['an event over 24 hours ahead', textWith({ timestamp: ARRIVAL + 86_400_001 }), 'timestamp-range'],
    ['an event of the year 50000', textWith({ timestamp: Date.UTC(50000, 0) }), 'timestamp-range'],
    ['a bad event and a line feed', `${textWith({ action: '' })}\n`, 'shape'],
  ];
  for (const [name, bytes, reason] of refused) {
    it(`refuses ${name} with its bytes, and keeps the neighbours`, () => {
      const record = recordOf(bytes, 2);
      const alone = decodeRecords([record]);
      expect(outline(alone)).to.deep.equal([[0, reason]]);
      const [refusal] = alone;
      expect(refusal?.kind).to.equal('refusal');
      expect(bytesOf(alone)[0]?.equals(Buffer.from(record.data, 'base64'))).to.equal(true);
      const among = decodeRecords([recordOf(good, 1), record, recordOf(good, 3), recordOf(good, 4)]);
      expect(outline(among)).to.deep.equal([
        [0, 'neighbour'],
        [0, reason],
        [0, 'neighbour'],
        [0, 'neighbour'],
      ]);
      expect(among[1]).to.deep.equal(refusal);
    });
  }

  it('accepts an event of exactly 64 KiB, whatever white space is around it', () => {
    const [event] = decodeRecords([recordOf(` ${pad(MAX_EVENT_BYTES)}\n`)]);
    expect(withTexts([event as Decoded])[0]).to.include({ kind: 'event', text: pad(MAX_EVENT_BYTES) });
  });

  it('refuses one event of several with its own bytes and index, and keeps the others', () => {
    const bad = '{"userId" : "é"\n}';
    const decoded = decodeRecords([recordOf(`[${good},[],${bad} , 1,\n${good}]`)]);
    expect(outline(decoded)).to.deep.equal([
      [0, 'neighbour'],
      [1, 'shape'],
      [2, 'shape'],
      [3, 'shape'],
      [4, 'neighbour'],
    ]);
    expect(bytesOf(decoded).map(String)).to.deep.equal(['[]', bad, '1']);
  });

  it('refuses one line of several with its own bytes and index, and keeps the others', () => {
    const lines = Buffer.concat([
      Buffer.from(`${good}\nnope\r\n\n[${good}]\n`),
      Buffer.from([0xff, 0x0a]),
      Buffer.from(good),
    ]);
    const decoded = decodeRecords([recordOf(lines)]);
    expect(outline(decoded)).to.deep.equal([
      [0, 'neighbour'],
      [1, 'not-json'],
      [2, 'shape'],
      [3, 'not-utf8'],
      [4, 'neighbour'],
    ]);
    expect(bytesOf(decoded)).to.deep.equal([Buffer.from('nope'), Buffer.from(`[${good}]`), Buffer.from([0xff])]);
  });

  it('refuses arrays in arrays, however deep', () => {
    const depths: [number, string][] = [
      [2, 'shape'],
      [1_000, 'shape'],
      [100_000, 'too-large'],
    ];
    for (const [levels, reason] of depths) {
      const decoded = decodeRecords([recordOf(nested(levels))]);
      expect(outline(decoded)).to.deep.equal([[0, reason]]);
      expect(bytesOf(decoded).map(String)).to.deep.equal([nested(levels - 1)]);
    }
  });

  it('begins the detail of a shape with the JSON pointer', () => {
    const [refusal] = decodeRecords([recordOf(textWith({ properties: { 'a/b': [] } }))]);
    expect(refusal).to.have.property(
      'detail',
      '/properties/a~1b: must be a string, a finite number, a boolean or null',
    );
  });
});

function bytesOf(decoded: readonly Decoded[]): Buffer[] {
  return decoded.flatMap((each) => (each.kind === 'refusal' ? [Buffer.from(each.data)] : []));
}
