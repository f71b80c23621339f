import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { ARRIVAL, eventWith } from '../testing/stream-records.ts';
import { checkEvent } from './check-event.ts';
import { eventSchema, type IncomingEvent } from './event-schema.ts';
import { parseTimestamp } from './parse-timestamp.ts';

// `date-time` only describes: the pattern beside it decides.
const satisfiesSchema = new Ajv2020({ strict: true, strictTypes: false, formats: { 'date-time': true } }).compile(
  eventSchema,
);
const dateTime = new RegExp(eventSchema.properties.timestamp.anyOf[1].pattern);

const around = (limit: number, character: string) =>
  fc.integer({ min: limit - 1, max: limit + 1 }).map((length) => character.repeat(length));
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.string({ unit: fc.constantFrom('a', '_', '-', '.', ' ', '~', '\n', '\ud800', '😀', 'é', '\u007f'), maxLength: 5 }),
  around(128, 'a'),
  around(256, 'é'),
  around(256, '😀'),
);
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(1e12, -1e12, 1e12 + 1, -1e12 - 1, -0));
const timestamp = fc.oneof(
  fc.integer({ min: ARRIVAL - 1000, max: ARRIVAL }),
  fc
    .date({ min: new Date(ARRIVAL - 1e9), max: new Date(ARRIVAL), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.stringMatching(
    /^20[0-9]{2}-[0-2][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{0,4})?([Zz]|[+-][0-2][0-9]:[0-9]{2})$/,
  ),
  number,
);
const any = fc.oneof(text, number, fc.anything());
const properties = fc.oneof(
  fc.dictionary(text, fc.oneof(text, number, fc.boolean(), fc.constant(null)), { maxKeys: 5 }),
  fc
    .integer({ min: 30, max: 34 })
    .map((count) => Object.fromEntries(Array.from({ length: count }, (_, index) => [index, index]))),
  fc.dictionary(text, fc.anything(), { maxKeys: 3 }),
);
const changes = fc.record(
  {
    id: fc.oneof(text, any),
    userId: fc.oneof(text, any),
    action: fc.oneof(text, any),
    timestamp: fc.oneof(timestamp, any),
    value: fc.oneof(number, any),
    properties: fc.oneof(properties, any),
    unknown: fc.anything(),
  },
  { requiredKeys: [] },
);
const missing = fc.constantFrom({}, {}, {}, { userId: undefined }, { action: undefined }, { timestamp: undefined });
const events = fc.oneof(
  { weight: 20, arbitrary: fc.tuple(changes, missing).map(([fields, gone]) => eventWith({ ...fields, ...gone })) },
  { weight: 1, arbitrary: fc.anything() },
);

describe('the schema of an event', () => {
  it('agrees with the check on every value, except for what JSON Schema cannot express', () => {
    fc.assert(
      fc.property(events, (event) => {
        fc.pre(!isUnknownDay(event));
        const check = checkEvent(event, ARRIVAL);
        expect(satisfiesSchema(event), JSON.stringify(check)).to.equal(check.ok || check.reason !== 'shape');
      }),
      { numRuns: 1000 },
    );
  });

  it('is the source of the type', () => {
    const event: IncomingEvent = { userId: 'u', action: 'a', timestamp: 1, properties: { a: null, b: 'x' } };
    // @ts-expect-error: a property is a scalar
    const wrong: IncomingEvent = { ...event, properties: { a: {} } };
    // @ts-expect-error: the action is required
    const lacking: IncomingEvent = { userId: 'u', timestamp: 1 };
    expect([event, wrong, lacking].map((each) => satisfiesSchema(each))).to.deep.equal([true, false, false]);
  });
});

/** The pattern takes 30 February, and second 60 at any time; the check knows the calendar. */
function isUnknownDay(event: unknown): boolean {
  const { timestamp: sent } = Object(event) as { timestamp?: unknown };
  return typeof sent === 'string' && dateTime.test(sent) && parseTimestamp(sent) === undefined;
}
