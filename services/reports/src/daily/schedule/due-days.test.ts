import { expect } from 'chai';
import { calendarOf } from '../calendar-of.ts';
import { dueDays, firstKeptDay } from './due-days.ts';

const HOUR_MS = 3_600_000;

function due(timeZone: string, now: string, { nextDay }: { nextDay?: string } = {}): string[] {
  return dueDays(calendarOf(timeZone), { nextDay, now: Date.parse(now) }).map(({ date }) => date);
}

describe('the days that need a report', () => {
  it('are due two hours after they have ended, by the clocks of the zone', () => {
    expect(due('UTC', '2026-01-21T01:59:59.999Z', { nextDay: '2026-01-20' })).to.deep.equal([]);
    expect(due('UTC', '2026-01-21T02:00:00Z', { nextDay: '2026-01-20' })).to.deep.equal(['2026-01-20']);
    expect(due('America/New_York', '2026-01-21T06:59:59Z', { nextDay: '2026-01-20' })).to.deep.equal([]);
    expect(due('America/New_York', '2026-01-21T07:00:00Z', { nextDay: '2026-01-20' })).to.deep.equal(['2026-01-20']);
    expect(due('Asia/Kathmandu', '2026-01-20T20:15:00Z', { nextDay: '2026-01-20' })).to.deep.equal(['2026-01-20']);
  });

  it('are due on the days on which the clocks change, too: 02:00 need not exist', () => {
    expect(due('America/New_York', '2026-03-09T06:00:00Z', { nextDay: '2026-03-08' })).to.deep.equal(['2026-03-08']);
    expect(due('America/New_York', '2026-03-08T06:59:00Z', { nextDay: '2026-03-07' })).to.deep.equal([]);
    expect(due('America/New_York', '2026-03-08T07:00:00Z', { nextDay: '2026-03-07' })).to.deep.equal(['2026-03-07']);
  });

  it('are each due once in a year of hours, in every zone', () => {
    for (const timeZone of ['America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'America/Havana']) {
      const found: string[] = [];
      let nextDay = '2026-01-01';
      for (let now = Date.UTC(2026, 0, 1); now < Date.UTC(2027, 0, 3); now += HOUR_MS) {
        const days = due(timeZone, new Date(now).toISOString(), { nextDay });
        found.push(...days);
        const last = days.at(-1);
        if (last) nextDay = new Date(Date.parse(last) + 24 * HOUR_MS).toISOString().slice(0, 10);
      }
      expect(new Set(found).size).to.equal(found.length);
      expect(found.filter((date) => date.startsWith('2026-'))).to.have.length(365);
    }
  });

  it('leave out a date that the clocks left out', () => {
    expect(due('Pacific/Apia', '2012-01-02T00:00:00Z', { nextDay: '2011-12-29' })).to.deep.equal([
      '2011-12-29',
      '2011-12-31',
      '2012-01-01',
    ]);
  });

  it('are at most seven at once, the oldest first', () => {
    const seven = ['01', '02', '03', '04', '05', '06', '07'].map((day) => `2026-01-${day}`);
    expect(due('UTC', '2026-01-20T12:00:00Z', { nextDay: '2026-01-01' })).to.deep.equal(seven);
  });

  it('are none before the first event', () => {
    expect(due('UTC', '2026-01-20T12:00:00Z')).to.deep.equal([]);
  });

  it('begin, after a year’s rest, with the first day whose hours are kept', () => {
    const [first] = due('UTC', '2027-06-01T12:00:00Z', { nextDay: '2026-01-01' });
    expect(first).to.equal('2026-05-08');
    expect(firstKeptDay(calendarOf('UTC'), Date.parse('2027-06-01T12:00:00Z'))).to.equal('2026-05-08');
  });
});
