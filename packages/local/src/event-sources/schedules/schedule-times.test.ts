import { expect } from 'chai';
import { readTimetable, type Timetable } from './schedule-times.ts';

const next = (expression: string, after: string, more: Partial<Timetable> = {}) => {
  const at = readTimetable({ expression, ...more })(Date.parse(after));
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 16);
};

describe('the next firing', () => {
  for (const [expression, after, expected] of [
    ['rate(1 minute)', '2026-01-01T10:00:30Z', '2026-01-01T10:01'],
    ['rate(5 minutes)', '2026-01-01T10:00:00Z', '2026-01-01T10:05'],
    ['rate(2 hours)', '2026-01-01T10:00:00Z', '2026-01-01T12:00'],
    ['cron(0 2 * * ? *)', '2026-01-01T01:59:00Z', '2026-01-01T02:00'],
    ['cron(0 2 * * ? *)', '2026-01-01T02:00:00Z', '2026-01-02T02:00'],
    ['cron(0/15 * * * ? *)', '2026-01-01T10:16:00Z', '2026-01-01T10:30'],
    ['cron(30 8 ? * MON-FRI *)', '2026-01-02T09:00:00Z', '2026-01-05T08:30'],
    ['cron(0 0 29 2 ? *)', '2026-01-01T00:00:00Z', '2028-02-29T00:00'],
    ['cron(0 10 1,15 * ? 2027)', '2026-06-01T00:00:00Z', '2027-01-01T10:00'],
    ['cron(0 10 1 1 ? 2020)', '2026-01-01T00:00:00Z', undefined],
    ['cron(0 0 L * ? *)', '2028-02-01T00:00:00Z', '2028-02-29T00:00'],
    ['cron(0 0 15W * ? *)', '2026-02-01T00:00:00Z', '2026-02-16T00:00'],
    ['cron(0 0 1W * ? *)', '2026-08-01T00:00:00Z', '2026-08-03T00:00'],
    ['cron(0 0 ? * 6L *)', '2026-01-01T00:00:00Z', '2026-01-30T00:00'],
    ['cron(0 0 ? * MON#3 *)', '2026-01-01T00:00:00Z', '2026-01-19T00:00'],
    ['cron(0 0 ? * FRI-MON *)', '2026-01-05T00:00:00Z', '2026-01-09T00:00'],
    ['at(2026-03-01T10:00:30)', '2026-01-01T00:00:00Z', '2026-03-01T10:00'],
    ['at(2026-03-01T10:00:30)', '2026-03-01T10:00:30Z', undefined],
  ] as const) {
    it(`of ${expression} after ${after} is ${expected ?? 'never'}`, () => {
      expect(next(expression, after)).to.equal(expected);
    });
  }

  for (const [expression, timeZone, after, expected] of [
    ['cron(0 9 * * ? *)', 'Europe/Berlin', '2026-01-01T00:00:00Z', '2026-01-01T08:00'],
    ['cron(0 9 * * ? *)', 'Europe/Berlin', '2026-07-01T00:00:00Z', '2026-07-01T07:00'],
    ['cron(0 9 ? * MON *)', 'Asia/Kolkata', '2026-01-01T00:00:00Z', '2026-01-05T03:30'],
    ['cron(0 1 1 * ? *)', 'Pacific/Auckland', '2026-06-15T00:00:00Z', '2026-06-30T13:00'],
    // 02:30 is skipped on 29 March: clocks go from 02:00 to 03:00.
    ['cron(30 2 * * ? *)', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-30T00:30'],
    ['cron(0 * * * ? *)', 'Europe/Berlin', '2026-03-29T00:00:00Z', '2026-03-29T01:00'],
    // 02:30 comes twice on 25 October: clocks go from 03:00 to 02:00.
    ['cron(30 2 * * ? *)', 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T00:30'],
    ['cron(30 2 * * ? *)', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-26T01:30'],
    ['cron(0/15 * * * ? *)', 'Europe/Berlin', '2026-10-25T00:45:00Z', '2026-10-25T02:00'],
    ['at(2026-07-01T09:00:00)', 'America/New_York', '2026-01-01T00:00:00Z', '2026-07-01T13:00'],
    ['at(2026-03-29T02:30:00)', 'Europe/Berlin', '2026-01-01T00:00:00Z', undefined],
    ['rate(1 day)', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T12:00'],
  ] as const) {
    it(`of ${expression} in ${timeZone} after ${after} is ${expected ?? 'never'}`, () => {
      expect(next(expression, after, { timeZone })).to.equal(expected);
    });
  }

  it('lies between the dates of the schedule, and its rate counts from the first', () => {
    const dates = { startAt: Date.parse('2026-01-02T00:10:00Z'), endAt: Date.parse('2026-01-02T02:00:00Z') };
    expect(next('rate(1 hour)', '2026-01-01T00:00:00Z', dates)).to.equal('2026-01-02T00:10');
    expect(next('rate(1 hour)', '2026-01-02T00:10:00Z', dates)).to.equal('2026-01-02T01:10');
    expect(next('rate(1 hour)', '2026-01-02T01:10:00Z', dates)).to.equal(undefined);
    expect(next('cron(0 * * * ? *)', '2026-01-01T00:00:00Z', dates)).to.equal('2026-01-02T01:00');
  });

  for (const expression of [
    ...['every minute', 'cron(nonsense)', 'rate(0 minutes)', 'rate(1 week)', 'at(tomorrow)', 'at(2026-01-01T10:00)'],
    ...['cron(0 9 * * * *)', 'cron(0 9 ? * ? *)', 'cron(60 9 * * ? *)', 'cron(0 9 32 * ? *)', 'cron(0 9 ? * 6#6 *)'],
    ...['cron(0 9 * * ?)', 'cron(0/0 9 * * ? *)', 'at(2026-13-01T10:00:00)'],
  ]) {
    it(`of ${expression} cannot be read`, () => {
      expect(() => next(expression, '2026-01-01T00:00:00Z')).to.throw(`Cannot read the schedule ${expression}`);
    });
  }
});
