import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { decodeRecords } from '../decode/decode-records.ts';
import type { Decoded } from '../records/stream-record.ts';
import { ARRIVAL, recordOf, textWith } from '../testing/stream-records.ts';
import { aggregateRecords } from './aggregate-records.ts';

const HALF = 2n ** 127n;
const LOWER = { start: '0', end: `${HALF - 1n}` };
const UPPER = { start: `${HALF}`, end: `${2n ** 128n - 1n}` };
const event = (id: string) => textWith({ id });
const outline = (decoded: readonly Decoded[]) =>
  decoded.map((each) => [each.index, each.kind === 'event' ? each.id : each.reason]);

/** Frames protobuf bytes, given in hex, as a KPL does. */
function frame(hex: string): Uint8Array {
  const message = Buffer.from(hex.replaceAll(' ', ''), 'hex');
  return Buffer.concat([Buffer.from('f3899ac2', 'hex'), message, createHash('md5').update(message).digest()]);
}

describe('an aggregated record', () => {
  it('is written as the KPL documents it', () => {
    const record = { partitionKey: 'k', explicitHashKey: '7', data: Buffer.from('{}') };
    expect(Buffer.from(aggregateRecords([record])).toString('hex')).to.equal(
      Buffer.from(frame('0a 01 6b  12 01 37  1a 08 08 00 10 00 1a 02 7b 7d')).toString('hex'),
    );
  });

  it('numbers the events of all its user records in one row', () => {
    const data = [event('a'), `[${event('b')},{}]`, '', `${event('c')}\n\n${event('d')}`, 'nope'];
    const records = data.map((text) => ({ partitionKey: 'k', data: Buffer.from(text) }));
    const decoded = decodeRecords([recordOf(aggregateRecords(records))]);
    expect(outline(decoded)).to.deep.equal([
      [0, 'a'],
      [1, 'b'],
      [2, 'shape'],
      [3, 'empty'],
      [4, 'c'],
      [5, 'd'],
      [6, 'not-json'],
    ]);
    expect(decoded[6]?.kind === 'refusal' && Buffer.from(decoded[6].data).toString()).to.equal('nope');
  });

  it('refuses records that belong to another shard, without changing the numbers of the rest', () => {
    const [below, above] = [`${HALF - 1n}`, `${HALF}`];
    const records = [
      { partitionKey: 'k', explicitHashKey: below, data: Buffer.from(event('a')) },
      { partitionKey: 'k', explicitHashKey: above, data: Buffer.from(`[${event('b')}, ${event('c')}]`) },
      { partitionKey: 'k', explicitHashKey: above, data: Buffer.from('nope') },
      { partitionKey: 'k', explicitHashKey: below, data: Buffer.from(event('d')) },
    ];
    const record = recordOf(aggregateRecords(records));
    const [low, high] = [LOWER, UPPER].map((hashRange) => decodeRecords([record], { hashRange }));
    const wrong = 'wrong-shard';
    expect(outline(low ?? [])).to.deep.equal([
      [0, 'a'],
      [1, wrong],
      [2, wrong],
      [3, wrong],
      [4, 'd'],
    ]);
    expect(outline(high ?? [])).to.deep.equal([
      [0, wrong],
      [1, 'b'],
      [2, 'c'],
      [3, 'not-json'],
      [4, wrong],
    ]);
    expect(low?.[2]?.kind === 'refusal' && Buffer.from(low[2].data).toString()).to.equal(event('c'));
  });

  it('routes by the MD5 of the partition key if no hash key is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (partitionKey) => {
        const record = recordOf(aggregateRecords([{ partitionKey, data: Buffer.from(event('a')) }]));
        const key = BigInt(`0x${createHash('md5').update(partitionKey, 'utf8').digest('hex')}`);
        const [own, other] = key < HALF ? [LOWER, UPPER] : [UPPER, LOWER];
        expect(outline(decodeRecords([record], { hashRange: own }))).to.deep.equal([[0, 'a']]);
        expect(outline(decodeRecords([record], { hashRange: other }))).to.deep.equal([[0, 'wrong-shard']]);
      }),
    );
  });

  it('leaves records that are not aggregates to Kinesis', () => {
    expect(outline(decodeRecords([recordOf(event('a'))], { hashRange: { start: '0', end: '0' } }))).to.deep.equal([
      [0, 'a'],
    ]);
  });

  it('skips fields that it does not know', () => {
    const tagged = frame(
      '0a 01 6b  1a 0d 08 00 1a 02 7b 7d 22 05 0a 03 74 61 67  20 05  29 0000000000000000  35 00000000',
    );
    expect(outline(decodeRecords([recordOf(tagged)]))).to.deep.equal([[0, 'shape']]);
  });

  const malformed: [string, string, string][] = [
    ['a field cut short', '0a 05 6b', 'ends inside a field'],
    ['a number cut short', '0a', 'ends inside a number'],
    ['a number without end', `08${'ff'.repeat(11)}`, 'a number of more than 10 bytes'],
    ['a group', '0b', 'a field of the unknown wire type 3'],
    ['field number 0', '02 00', 'a field with the number 0'],
    ['a number as partition key', '08 01', 'a number where bytes belong'],
    ['bytes as index', '0a 01 6b  1a 06 0a 00 1a 02 7b 7d', 'bytes where a number belongs'],
    ['a record without key', '0a 01 6b  1a 04 1a 02 7b 7d', 'a record without key or data'],
    ['a record without data', '0a 01 6b  1a 02 08 00', 'a record without key or data'],
    [
      'a key index past the table',
      '0a 01 6b  1a 06 08 01 1a 02 7b 7d',
      'index 1 is outside the table of partition keys',
    ],
    [
      'a hash key index past the table',
      '0a 01 6b  1a 08 08 00 10 00 1a 02 7b 7d',
      'index 0 is outside the table of hash keys',
    ],
    ['a hash key that is no number', '12 01 78', 'an explicit hash key that is no integer of 128 bits'],
    [
      'a hash key of 129 bits',
      `12 27 ${Buffer.from(`${2n ** 128n}`).toString('hex')}`,
      'an explicit hash key that is no integer of 128 bits',
    ],
  ];
  for (const [name, hex, detail] of malformed) {
    it(`is refused whole for ${name}`, () => {
      const [refusal, ...more] = decodeRecords([recordOf(frame(hex))]);
      expect(more).to.deep.equal([]);
      expect(refusal).to.include({ kind: 'refusal', index: 0, reason: 'kpl-malformed', detail, arrival: ARRIVAL });
      expect(refusal?.kind === 'refusal' && Buffer.from(refusal.data).equals(frame(hex))).to.equal(true);
    });
  }

  it('is refused wherever its protobuf is cut, even if the checksum is right', () => {
    const whole = Buffer.from(aggregateRecords([{ partitionKey: 'k', data: Buffer.from(event('a')) }])).subarray(
      4,
      -16,
    );
    for (let length = 4; length < whole.length; length++) {
      const decoded = decodeRecords([recordOf(frame(whole.subarray(0, length).toString('hex')))]);
      expect(outline(decoded)).to.deep.equal([[0, 'kpl-malformed']]);
    }
  });
});
