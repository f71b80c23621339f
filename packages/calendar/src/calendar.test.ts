import { expect } from 'chai';
import fc from 'fast-check';
import { addDays, bucketStarts, type Interval, isTimeZone, localDay, localDayAt, roundRange } from './index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const iso = (at: number) => new Date(at).toISOString().slice(0, 16);
const starts = (interval: Interval, timeZone: string, [from, to]: readonly [string, string]) =>
  bucketStarts({ from: Date.parse(`${from}Z`), to: Date.parse(`${to}Z`), interval, timeZone }).map(iso);
const day = (date: string, timeZone: string) => {
  const found = localDay(date, timeZone);
  return found && [iso(found.from), iso(found.to)];
};

describe('the calendar of a zone', () => {
  const days: [what: string, zone: string, date: string, range: [string, string] | undefined][] = [
    ['in UTC', 'UTC', '2026-01-15', ['2026-01-15T00:00', '2026-01-16T00:00']],
    ['of 23 hours', 'America/New_York', '2026-03-08', ['2026-03-08T05:00', '2026-03-09T04:00']],
    ['of 25 hours', 'America/New_York', '2025-11-02', ['2025-11-02T04:00', '2025-11-03T05:00']],
    ['of 24.5 hours', 'Australia/Lord_Howe', '2026-04-05', ['2026-04-04T13:00', '2026-04-05T13:30']],
    ['of 23.5 hours', 'Australia/Lord_Howe', '2025-10-05', ['2025-10-04T13:30', '2025-10-05T13:00']],
    ['that begins at 01:00', 'Africa/Cairo', '2026-04-24', ['2026-04-23T22:00', '2026-04-24T21:00']],
    ['that begins at 01:00, in the south', 'America/Santiago', '2025-09-07', ['2025-09-07T04:00', '2025-09-08T03:00']],
    ['that shows its midnight twice', 'America/Havana', '2025-11-02', ['2025-11-02T04:00', '2025-11-03T05:00']],
    [
      'whose clock goes back into the day before, at 00:01',
      'America/St_Johns',
      '2010-11-07',
      ['2010-11-07T02:30', '2010-11-08T03:30'],
    ],
    ['before a date that never was', 'Pacific/Apia', '2011-12-29', ['2011-12-29T10:00', '2011-12-30T10:00']],
    ['that never was', 'Pacific/Apia', '2011-12-30', undefined],
    ['after a date that never was', 'Pacific/Apia', '2011-12-31', ['2011-12-30T10:00', '2011-12-31T10:00']],
    ['at a quarter of an hour', 'Asia/Kathmandu', '2026-01-15', ['2026-01-14T18:15', '2026-01-15T18:15']],
  ];
  for (const [what, zone, date, range] of days) {
    it(`has a day ${what}: ${date} in ${zone}`, () => {
      expect(day(date, zone)).to.deep.equal(range);
    });
  }

  it('puts an instant that shows the date of yesterday again into today', () => {
    const again = Date.parse('2010-11-07T02:45Z');
    expect(localDayAt(again, 'America/St_Johns').date).to.equal('2010-11-07');
  });

  for (const text of ['2026-02-29', '2025-13-01', '2025-1-1', '', '2025-01-01T00:00', '+02025-01-01']) {
    it(`has no day ${JSON.stringify(text)}`, () => {
      expect(localDay(text, 'Europe/Berlin')).to.equal(undefined);
    });
  }

  it('has ISO weeks, from Monday, over the end of a year: week 53 of 2026, and week 1', () => {
    const range = ['2026-12-20T00:00', '2027-01-12T00:00'] as const;
    expect(starts('week', 'UTC', range)).to.deep.equal([
      '2026-12-21T00:00',
      '2026-12-28T00:00',
      '2027-01-04T00:00',
      '2027-01-11T00:00',
    ]);
    expect(starts('week', 'Asia/Kathmandu', range)[0]).to.equal('2026-12-20T18:15');
  });

  it('has months, through February of a leap year and a change of clocks', () => {
    expect(starts('month', 'Europe/Berlin', ['2027-12-31T00:00', '2028-05-01T00:00'])).to.deep.equal([
      '2027-12-31T23:00',
      '2028-01-31T23:00',
      '2028-02-29T23:00',
      '2028-03-31T22:00',
      '2028-04-30T22:00',
    ]);
  });

  const hours: [what: string, zone: string, range: [string, string], starts: string[]][] = [
    [
      'twice, where the clock goes back by an hour',
      'America/New_York',
      ['2025-11-02T05:00', '2025-11-02T08:00'],
      ['2025-11-02T05:00', '2025-11-02T06:00', '2025-11-02T07:00'],
    ],
    [
      'once and for 90 minutes, where it goes back by half an hour',
      'Australia/Lord_Howe',
      ['2026-04-04T14:00', '2026-04-04T17:00'],
      ['2026-04-04T14:00', '2026-04-04T15:30', '2026-04-04T16:30'],
    ],
    [
      'for 30 minutes, where it goes forward by half an hour',
      'Australia/Lord_Howe',
      ['2025-10-04T14:30', '2025-10-04T17:00'],
      ['2025-10-04T14:30', '2025-10-04T15:30', '2025-10-04T16:00'],
    ],
    [
      'at :15 of UTC',
      'Asia/Kathmandu',
      ['2026-01-15T00:15', '2026-01-15T02:15'],
      ['2026-01-15T00:15', '2026-01-15T01:15'],
    ],
  ];
  for (const [what, zone, range, expected] of hours) {
    it(`has an hour ${what}: ${zone}`, () => {
      expect(starts('hour', zone, range)).to.deep.equal(expected);
    });
  }

  it('has the minutes of UTC', () => {
    expect(starts('minute', 'Asia/Kathmandu', ['2026-01-15T00:01', '2026-01-15T00:03'])).to.deep.equal([
      '2026-01-15T00:01',
      '2026-01-15T00:02',
    ]);
  });

  it('rounds a range to whole buckets, and leaves it as it is the second time', () => {
    const zones = [
      'UTC',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'America/Havana',
      'Africa/Casablanca',
      'Asia/Kathmandu',
    ];
    const intervals = ['minute', 'hour', 'day', 'week', 'month'] as const;
    fc.assert(
      fc.property(
        fc.record({ timeZone: fc.constantFrom(...zones), interval: fc.constantFrom(...intervals) }),
        fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) }),
        fc.integer({ min: 1, max: 40 * DAY }),
        ({ timeZone, interval }, from, length) => {
          const range = { from, to: from + (interval === 'minute' ? (length % DAY) + 1 : length) };
          const rounded = roundRange({ ...range, interval, timeZone });
          expect(rounded.from).to.be.at.most(range.from);
          expect(rounded.to).to.be.at.least(range.to);
          expect(roundRange({ ...rounded, interval, timeZone })).to.deep.equal(rounded);
          const inside = bucketStarts({ ...rounded, interval, timeZone });
          expect(inside[0]).to.equal(rounded.from);
          expect(inside.filter((at) => at > range.from && at < range.to).length).to.be.within(
            inside.length - 1,
            inside.length,
          );
          expect(inside.at(-1)).to.be.below(range.to);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('knows names of IANA in any case, and nothing else', () => {
    for (const name of [
      'UTC',
      'Europe/Berlin',
      'europe/berlin',
      'Asia/Kolkata',
      'Etc/GMT+5',
      'America/Port-au-Prince',
    ]) {
      expect(isTimeZone(name), name).to.equal(true);
    }
    for (const name of ['', 'Mars/Base', '+05:30', 'Z', '../etc', 'Europe/Berlin ', 'x'.repeat(500), 'constructor']) {
      expect(isTimeZone(name), name).to.equal(false);
    }
    for (const name of ['SystemV/EST5', 'systemv/pst8pdt', 'US/Pacific-New', 'Canada/East-Saskatchewan']) {
      expect(isTimeZone(name), name).to.equal(false);
    }
    expect(() => localDayAt(0, 'Mars/Base')).to.throw('there is no time zone Mars/Base');
  });

  it('adds days to a date', () => {
    expect([addDays('2026-12-31', 1), addDays('2026-03-01', -1), addDays('2028-02-28', 1)]).to.deep.equal([
      '2027-01-01',
      '2026-02-28',
      '2028-02-29',
    ]);
    expect(() => addDays('2026-02-29', 1)).to.throw('2026-02-29 is no date');
  });
});
