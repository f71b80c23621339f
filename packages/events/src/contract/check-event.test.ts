import { expect } from 'chai';
import { ARRIVAL, eventWith } from '../testing/stream-records.ts';
import { checkEvent } from './check-event.ts';
import { MAX_LEAD_MS, MAX_PROPERTIES_BYTES } from './limits.ts';

const scalars = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, index]));

describe('checkEvent', () => {
  it('gives the fields with their defaults', () => {
    const { userId, action, timestamp } = { userId: 'u_42', action: 'checkout', timestamp: ARRIVAL };
    expect(checkEvent(eventWith(), ARRIVAL)).to.deep.equal({
      ok: true,
      id: undefined,
      userId,
      action,
      timestamp,
      value: 0,
    });
  });

  it('reads an RFC 3339 timestamp as epoch milliseconds', () => {
    expect(checkEvent(eventWith({ timestamp: '2025-11-24T13:00:00+01:00' }), ARRIVAL)).to.include({
      timestamp: ARRIVAL,
    });
  });

  it('turns the value -0 into 0', () => {
    const check = checkEvent(eventWith({ value: -0 }), ARRIVAL);
    expect(check.ok && Object.is(check.value, 0)).to.equal(true);
  });

  const accepted: [string, object][] = [
    ['an id of one character', { id: '!' }],
    ['an id of 128 characters', { id: '~'.repeat(128) }],
    ['a userId of 256 characters outside the BMP', { userId: '😀'.repeat(256) }],
    ['a userId with lone surrogates', { userId: '\ud800x\udc00' }],
    ['a userId of control characters', { userId: '\u0000\u007f' }],
    ['an action of every allowed kind', { action: 'aZ09._:-' }],
    ['an action beginning with one underscore', { action: '_a__b' }],
    ['an action of three points', { action: '...' }],
    ['an action beginning with a point', { action: '.a' }],
    ['an action named like a method', { action: 'constructor' }],
    ['the earliest timestamp', { timestamp: Date.UTC(2000, 0, 1) }],
    ['the latest timestamp', { timestamp: ARRIVAL + MAX_LEAD_MS }],
    ['the greatest value', { value: 1e12 }],
    ['the least value', { value: -1e12 }],
    ['32 properties', { properties: scalars(32) }],
    ['properties of exactly 8 KB', { properties: { a: 'é'.repeat((MAX_PROPERTIES_BYTES - 2) / 2), b: '' } }],
    ['every scalar as a property', { properties: { a: 'x', b: 1.5, c: true, d: null } }],
    ['__proto__ as a property', { properties: JSON.parse('{"__proto__":1}') }],
    ['unknown fields', { more: [{ deep: {} }], other: Number.POSITIVE_INFINITY }],
  ];
  for (const [name, fields] of accepted) {
    it(`accepts ${name}`, () => expect(checkEvent(eventWith(fields), ARRIVAL)).to.include({ ok: true }));
  }

  const refused: [string, object, string, string][] = [
    ['no userId', { userId: undefined }, '/userId', 'shape'],
    ['an empty userId', { userId: '' }, '/userId', 'shape'],
    ['a userId of 257 characters', { userId: 'é'.repeat(257) }, '/userId', 'shape'],
    ['a userId of 257 characters outside the BMP', { userId: '😀'.repeat(257) }, '/userId', 'shape'],
    ['a number as userId', { userId: 42 }, '/userId', 'shape'],
    ['no action', { action: undefined }, '/action', 'shape'],
    ['an empty action', { action: '' }, '/action', 'shape'],
    ['__proto__ as action', { action: '__proto__' }, '/action', 'shape'],
    ['. as action', { action: '.' }, '/action', 'shape'],
    ['.. as action', { action: '..' }, '/action', 'shape'],
    ['an action of 129 characters', { action: 'a'.repeat(129) }, '/action', 'shape'],
    ['an action with a line break at the end', { action: 'a\n' }, '/action', 'shape'],
    ['an action with a slash', { action: 'a/b' }, '/action', 'shape'],
    ['an empty id', { id: '' }, '/id', 'shape'],
    ['an id of 129 characters', { id: 'a'.repeat(129) }, '/id', 'shape'],
    ['an id that is not ASCII', { id: 'é' }, '/id', 'shape'],
    ['null as id', { id: null }, '/id', 'shape'],
    ['no timestamp', { timestamp: undefined }, '/timestamp', 'shape'],
    ['half a millisecond', { timestamp: ARRIVAL + 0.5 }, '/timestamp', 'shape'],
    ['a timestamp that is no date', { timestamp: '2025-02-30T00:00:00Z' }, '/timestamp', 'shape'],
    ['a number in a string as timestamp', { timestamp: `${ARRIVAL}` }, '/timestamp', 'shape'],
    ['a timestamp before 2000', { timestamp: Date.UTC(2000, 0, 1) - 1 }, '/timestamp', 'timestamp-range'],
    ['a timestamp in seconds', { timestamp: Math.floor(ARRIVAL / 1000) }, '/timestamp', 'timestamp-range'],
    [
      'a timestamp a day and a millisecond ahead',
      { timestamp: ARRIVAL + MAX_LEAD_MS + 1 },
      '/timestamp',
      'timestamp-range',
    ],
    ['a timestamp of the year 50000', { timestamp: Date.UTC(50000, 0, 1) }, '/timestamp', 'timestamp-range'],
    ['an infinite value', { value: Number.POSITIVE_INFINITY }, '/value', 'shape'],
    ['NaN as value', { value: Number.NaN }, '/value', 'shape'],
    ['null as value', { value: null }, '/value', 'shape'],
    ['a value past the limit', { value: 1e12 + 1 }, '/value', 'shape'],
    ['a string as value', { value: '1' }, '/value', 'shape'],
    ['an array as properties', { properties: [] }, '/properties', 'shape'],
    ['null as properties', { properties: null }, '/properties', 'shape'],
    ['33 properties', { properties: scalars(33) }, '/properties', 'shape'],
    ['a property that is an object', { properties: { 'a/b~c': {} } }, '/properties/a~1b~0c', 'shape'],
    ['an infinite property', { properties: { a: Number.POSITIVE_INFINITY } }, '/properties/a', 'shape'],
    [
      'an object as property __proto__',
      { properties: JSON.parse('{"__proto__":{}}') },
      '/properties/__proto__',
      'shape',
    ],
    [
      'properties of more than 8 KB',
      { properties: { a: 'é'.repeat(MAX_PROPERTIES_BYTES / 2) } },
      '/properties',
      'too-large',
    ],
  ];
  for (const [name, fields, pointer, reason] of refused) {
    it(`refuses ${name}`, () =>
      expect(checkEvent(eventWith(fields), ARRIVAL)).to.include({ ok: false, pointer, reason }));
  }

  for (const value of [undefined, null, 1, 'text', true, [], [eventWith()]]) {
    it(`refuses ${JSON.stringify(value)} in place of an event`, () => {
      expect(checkEvent(value, ARRIVAL)).to.include({ ok: false, pointer: '', reason: 'shape' });
    });
  }

  it('takes no field from __proto__', () => {
    const event = JSON.parse(`{"__proto__":${JSON.stringify(eventWith())}}`);
    expect(checkEvent(event, ARRIVAL)).to.include({ ok: false, pointer: '/userId', detail: 'is missing' });
  });
});
