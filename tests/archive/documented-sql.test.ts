import { type DecodedEvent, decodeRecords, padSequenceNumber, textOf } from '@weir/events';
import { expect } from 'chai';
import fc from 'fast-check';
import { type CountedHour, countWithSql } from './count-with-sql.ts';

const HOUR_MS = 3_600_000;
const ARRIVAL = Date.UTC(2026, 0, 10, 11, 30);
const hashRange = { start: '0', end: (2n ** 128n - 1n).toString() };

/** Events whose JSON two readers could read differently; the contract allows each. */
const ambiguous: readonly (readonly [name: string, text: string])[] = [
  ['a duplicate value', '{"userId":"u","action":"a","timestamp":1764000000000,"value":1,"value":2}'],
  [
    'a duplicate value of another type',
    '{"userId":"u","action":"a","timestamp":1764000000000,"value":{"x":1},"value":2}',
  ],
  ['a duplicate action', '{"action":"b","userId":"u","action":"a","timestamp":1764000000000}'],
  ['a duplicate timestamp', '{"timestamp":"?","userId":"u","action":"a","timestamp":1764000000000}'],
  [
    'names that differ by case',
    '{"userId":"u","userid":"v","action":"a","Action":"b","timestamp":1764000000000,"VALUE":7}',
  ],
  ['an escaped name', '{"userId":"u","action":"a","timestamp":1764000000000,"val\\u0075e":5}'],
  ['an escaped action', '{"userId":"u","action":"\\u0061","timestamp":1764000000000}'],
  [
    'names like paths',
    '{"userId":"u","action":"a","timestamp":1764000000000,"$.value":4,"a.b":5,"":6,"__proto__":{"value":4}}',
  ],
  [
    'fields of the same name further in',
    '{"properties":{"value":7,"action":"z"},"userId":"u","action":"a","timestamp":1764000000000}',
  ],
  ['no value', '{"userId":"u","action":"a","timestamp":1764000000000}'],
  ['minus zero', '{"userId":"u","action":"a","timestamp":1764000000000,"value":-0.0}'],
  [
    'more digits than a double has',
    '{"userId":"u","action":"a","timestamp":1764000000000,"value":9007199254740993e-4}',
  ],
  ['a timestamp with a fraction of zero', '{"userId":"u","action":"a","timestamp":1764000000000.0}'],
  ['a timestamp with an exponent', '{"userId":"u","action":"a","timestamp":1.764e12}'],
  ['seven digits of a second', '{"userId":"u","action":"a","timestamp":"2025-11-24T15:59:59.9999999Z"}'],
  ['one digit of a second', '{"userId":"u","action":"a","timestamp":"2025-11-24T15:59:59.9Z"}'],
  ['a small t and z', '{"userId":"u","action":"a","timestamp":"2025-11-24t16:00:00.25z"}'],
  ['a leap second', '{"userId":"u","action":"a","timestamp":"2025-12-31T23:59:60Z"}'],
  ['a leap second elsewhere', '{"userId":"u","action":"a","timestamp":"2026-01-01T05:29:60.5+05:30"}'],
  ['an offset west', '{"userId":"u","action":"a","timestamp":"2026-01-10T05:29:01.5-05:30"}'],
  ['an unknown offset', '{"userId":"u","action":"a","timestamp":"2026-01-10T05:29:01-00:00"}'],
  ['a NUL in the user', '{"userId":"u\\u0000","action":"a","timestamp":1764000000000}'],
  [
    'an unknown number that no double holds',
    '{"userId":"u","action":"a","timestamp":1764000000000,"note":1e999,"more":12345678901234567890123}',
  ],
  [
    'the deepest nesting',
    `{"userId":"u","action":"a","timestamp":1764000000000,"note":${'['.repeat(511)}${']'.repeat(511)}}`,
  ],
  ['white space', '{ "userId" : "u" ,\t"action": "a" , "timestamp" : 1764000000000 , "value" : 1 }'],
];

/** A line of an erased person, as in docs/exactly-once.md. */
const erasedLine =
  `{"at":"shardId-000000000009:${padSequenceNumber('7')}:0","arrival":${ARRIVAL},"outcome":"counted",` +
  '"event":{"action":"a","timestamp":"2026-01-10t11:00:00z","value":1.50e0},"user":{"register":1033,"rank":2}}\n';

function accept(texts: readonly string[]): DecodedEvent[] {
  const records = texts.map((text, index) => ({
    ...{ sequenceNumber: padSequenceNumber(`${index + 1}`), partitionKey: 'k', arrival: ARRIVAL },
    data: Buffer.from(text).toString('base64'),
  }));
  return decodeRecords(records, { hashRange }).map((decoded, index) => {
    if (decoded.kind === 'refusal') throw new Error(`${decoded.detail}: ${texts[index]}`);
    return decoded;
  });
}

function lineOf(event: DecodedEvent, outcome = 'counted'): string {
  const at = `shardId-000000000000:${event.sequenceNumber}:${event.index}`;
  return `{"at":"${at}","arrival":${event.arrival},"outcome":"${outcome}","event":${textOf(event)}}\n`;
}

/** Weir's counts of these events. */
function countAsWeir(events: readonly DecodedEvent[]): CountedHour[] {
  const hours = new Map<string, CountedHour>();
  for (const { action, timestamp, value } of events) {
    const start = Math.floor(timestamp / HOUR_MS) * HOUR_MS;
    const { count, sum, min, max } = hours.get(`${action} ${start}`) ?? {
      ...{ count: 0, sum: 0 },
      ...{ min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY },
    };
    hours.set(`${action} ${start}`, {
      ...{ action, start, count: count + 1, sum: sum + value },
      ...{ min: Math.min(min, value), max: Math.max(max, value) },
    });
  }
  const inOrder = [...hours.values()].sort((a, b) => a.start - b.start);
  return inOrder.sort((a, b) => Number(a.action > b.action) - Number(a.action < b.action));
}

describe('the SQL of docs/exactly-once.md', function () {
  this.timeout(120_000);

  for (const [name, text] of ambiguous) {
    it(`counts, as Weir does, an event with ${name}`, async () => {
      const events = accept([text]);
      expect(await countWithSql([events.map((event) => lineOf(event)).join('')])).to.deep.equal(countAsWeir(events));
    });
  }

  it('counts any event of the contract as Weir does, in any spelling', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEventText(), { minLength: 40, maxLength: 80 }), async (texts) => {
        const events = accept(texts);
        expect(await countWithSql([events.map((event) => lineOf(event)).join('')])).to.deep.equal(countAsWeir(events));
      }),
      { numRuns: 25 },
    );
  });

  it('counts erased lines and actions over the limit, not duplicates, and a line in two objects once', async () => {
    const [counted, duplicate, other] = accept(
      ['a', 'b', 'c'].map((action) => `{"userId":"u","action":"${action}","timestamp":1764000000000,"value":2}`),
    ) as [DecodedEvent, DecodedEvent, DecodedEvent];
    const lines = [lineOf(counted), lineOf(duplicate, 'duplicate'), lineOf(other, 'other'), erasedLine].join('');
    const [erased] = accept(['{"userId":"u","action":"a","timestamp":"2026-01-10T11:00:00Z","value":1.5}']);
    expect(await countWithSql([lines, lineOf(counted)])).to.deep.equal(
      countAsWeir([{ ...other, action: '__other__' }, counted, erased as DecodedEvent]),
    );
  });
});

/** Whole numbers as values, so that their sum is the same in any order. */
function anyEventText(): fc.Arbitrary<string> {
  const decoys = fc.constantFrom(
    '"Action":1',
    '"value":"?"',
    '"timestamp":null',
    '"properties":{"value":3}',
    '"VALUE":9',
  );
  const action = fc.constantFrom('"action":"a"', '"action":"b.c"', '"\\u0061ction":"a:\\u002d"');
  const value = fc.constantFrom(
    '"value":0',
    '"value":-7',
    '"value":12e1',
    '"v\\u0061lue":3.0',
    '"value":1000000000000',
  );
  const parts = fc.tuple(anyTimestamp(), action, fc.option(value), fc.array(decoys, { maxLength: 4 }));
  return parts
    .map(([timestamp, named, valued, extra]) => {
      const kept = extra.filter((decoy) => valued !== null || !decoy.startsWith('"value"'));
      return [
        ...kept.filter((decoy) => !decoy.startsWith('"properties"')),
        ...propertiesOnce(kept),
        '"userId":"u"',
        timestamp,
        named,
        ...(valued ? [valued] : []),
      ];
    })
    .map((fields) => `{${fields.join(', ')}}`);
}

function propertiesOnce(decoys: readonly string[]): string[] {
  return decoys.filter((decoy) => decoy.startsWith('"properties"')).slice(0, 1);
}

function anyTimestamp(): fc.Arbitrary<string> {
  const ms = fc.integer({ min: Date.UTC(2000, 0, 2), max: ARRIVAL });
  const offset = fc.tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
  const more = fc.constantFrom('', '0', '9999', '99999999');
  const asText = fc
    .tuple(ms, offset, more, fc.constantFrom('T', 't'))
    .map(([at, [sign, hours, minutes], digits, t]) => {
      const shift = (hours * 60 + minutes) * 60_000 * (sign === '-' ? -1 : 1);
      const local = new Date(at + shift).toISOString().slice(0, -1).replace('T', t);
      return `"${local}${digits}${sign}${two(hours)}:${two(minutes)}"`;
    });
  const asNumber = ms.chain((at) =>
    fc.constantFrom(`${at}`, `${at}.0`, `${at / 1000}e3`).filter((text) => Number(text) === at),
  );
  return fc.oneof(asText, asNumber).map((text) => `"timestamp":${text}`);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
