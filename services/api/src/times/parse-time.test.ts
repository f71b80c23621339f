import { expect } from 'chai';
import { formatTime, LAST_TIME, parseTime } from './parse-time.ts';

describe('parseTime', () => {
  const times: [text: string, iso: string][] = [
    ['1764000000000', '2025-11-24T16:00:00.000Z'],
    ['0', '1970-01-01T00:00:00.000Z'],
    ['2025-11-24T16:00:00Z', '2025-11-24T16:00:00.000Z'],
    ['2025-11-24T16:00:00.1239z', '2025-11-24T16:00:00.123Z'],
    ['2025-11-24T17:30:00+01:30', '2025-11-24T16:00:00.000Z'],
    ['2025-11-24T17:30:00 01:30', '2025-11-24T16:00:00.000Z'],
    ['2025-11-24T08:00:00-08:00', '2025-11-24T16:00:00.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['253402300799999', '9999-12-31T23:59:59.999Z'],
    ['1970-01-21T10:00:00Z', '1970-01-21T10:00:00.000Z'],
  ];
  for (const [text, iso] of times) {
    it(`reads ${text} as ${iso}`, () => {
      expect(formatTime(parseTime(text) ?? -1)).to.equal(iso);
    });
  }

  const refused = [
    '',
    ' ',
    'now',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    '2025-11-24',
    '2025-11-24 16:00:00Z',
    '2025-11-24T16:00:00',
    '2025-02-30T00:00:00Z',
    '2025-13-01T00:00:00Z',
    '2025-11-24T24:00:00Z',
    '1969-12-31T23:59:59Z',
    '9999-12-31T23:59:59-00:01',
    '9999-12-31T23:59:60Z',
    '253402300800000',
    '1764000000',
    '1764000000.5',
    '999999999999999999999',
  ];
  for (const text of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(parseTime(text)).to.equal(undefined);
    });
  }
});

describe('formatTime', () => {
  it('writes four digits of a year, also for a range that was rounded up past the last time', () => {
    expect(formatTime(LAST_TIME + 1)).to.equal('9999-12-31T23:59:59.999Z');
    expect(parseTime(formatTime(LAST_TIME + 86_400_000))).to.equal(LAST_TIME);
  });
});
