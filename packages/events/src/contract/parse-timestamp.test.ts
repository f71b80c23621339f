import { expect } from 'chai';
import fc from 'fast-check';
import { parseTimestamp } from './parse-timestamp.ts';

const NOON = Date.UTC(2025, 10, 24, 12);

describe('parseTimestamp', () => {
  const accepted: [string, number][] = [
    ['2025-11-24T12:00:00Z', NOON],
    ['2025-11-24t12:00:00z', NOON],
    ['2025-11-24T12:00:00.5Z', NOON + 500],
    ['2025-11-24T12:00:00.0019999999Z', NOON + 1],
    ['2025-11-24T14:30:00+02:30', NOON],
    ['2025-11-24T07:00:00-05:00', NOON],
    ['2025-11-24T12:00:00-00:00', NOON],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
    ['2017-01-01T00:59:60.25+01:00', Date.UTC(2017, 0, 1) + 250],
  ];
  for (const [text, ms] of accepted) it(`reads ${text}`, () => expect(parseTimestamp(text)).to.equal(ms));

  const refused = [
    '',
    'yesterday',
    '2025-11-24',
    '2025-11-24 12:00:00Z',
    '2025-11-24T12:00:00',
    '2025-11-24T12:00Z',
    '2025-11-24T24:00:00Z',
    '2025-11-24T12:60:00Z',
    '2025-11-24T12:00:61Z',
    '2025-11-24T12:00:60Z',
    '2025-11-24T12:00:00.Z',
    '2025-11-24T12:00:00+24:00',
    '2025-11-24T12:00:00+0200',
    '2025-13-01T00:00:00Z',
    '2025-00-01T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2025-04-31T00:00:00Z',
    '+050000-01-01T00:00:00Z',
    '2025-11-24T12:00:00Z\n',
  ];
  for (const text of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => expect(parseTimestamp(text)).to.equal(undefined));
  }

  it('agrees with Date for every time it can write in four digits', () => {
    const dates = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(fc.property(dates, (date) => parseTimestamp(date.toISOString()) === date.getTime()));
  });
});
