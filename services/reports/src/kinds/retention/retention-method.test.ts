import type { ArchiveLine } from '@weir/archive/reading';
import { zoneCalendar } from '@weir/calendar';
import { expect } from 'chai';
import fc from 'fast-check';
import { calendarOf } from '../../daily/calendar-of.ts';
import { createEventCollector } from '../by-user/event-collector.ts';
import { archives, ranges } from '../by-user/testing/arbitrary-archive.ts';
import { inOrder } from '../by-user/testing/in-order.ts';
import { memoryArchive } from '../by-user/testing/memory-archive.ts';
import { resultFiles } from '../by-user/testing/result-files.ts';
import { runByUser } from '../by-user/testing/run-by-user.ts';
import { createRetentionMethod } from './retention-method.ts';
import { weeksOf } from './weeks-of.ts';

const DAY_MS = 86_400_000;
/** In each but UTC, or near it, clocks change in the weeks of the archives. */
const ZONES = ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Europe/Vienna', 'Asia/Kathmandu'];

/** Runs of three records, so that most parts have more than one. */
const method = {
  ...createRetentionMethod({ calendarOf, render: resultFiles }),
  newCollector: () => createEventCollector(66),
};

const retentions = fc.record({
  range: ranges,
  timeZone: fc.constantFrom(...ZONES),
  actions: fc.option(fc.uniqueArray(fc.constantFrom('a', 'b', '__other__', 'none'), { minLength: 1 }), {
    nil: undefined,
  }),
});

/** The Monday of a local week, as the clocks of the zone show it. */
function mondayOf(timestamp: number, timeZone: string): number {
  const local = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(timestamp);
  const day = Date.parse(`${local}T00:00:00Z`);
  return day - ((new Date(day).getUTCDay() + 6) % 7) * DAY_MS;
}

/** Counts the Thursdays of the year, as the standard defines its weeks. */
function isoWeekOf(monday: number): string {
  const thursday = new Date(monday + 3 * DAY_MS);
  const year = thursday.getUTCFullYear();
  let week = 0;
  for (let day = Date.UTC(year, 0, 1); day <= thursday.getTime(); day += DAY_MS) {
    if (new Date(day).getUTCDay() === 4) week++;
  }
  return `${year}-W${String(week).padStart(2, '0')}`;
}

function cohortsOf(events: readonly ArchiveLine[], last: number, timeZone: string) {
  const users = [...Map.groupBy(events, ({ userId }) => userId).values()].map((own) => [
    ...new Set(own.map(({ timestamp }) => mondayOf(timestamp, timeZone))),
  ]);
  const cohorts = Map.groupBy(users, (mondays) => Math.min(...mondays));
  return [...cohorts]
    .sort(([a], [b]) => a - b)
    .map(([monday, members]) => ({
      week: isoWeekOf(monday),
      size: members.length,
      active: Array.from(
        { length: (last - monday) / (7 * DAY_MS) + 1 },
        (_, week) => members.filter((mondays) => mondays.includes(monday + week * 7 * DAY_MS)).length,
      ),
    }));
}

describe('a retention', () => {
  it('counts cohorts by the week of the first event in the range, as a plain count does', () =>
    fc.assert(
      fc.asyncProperty(archives, retentions, async (pieces, { range, timeZone, actions }) => {
        const question = { kind: 'retention', ...range, timeZone, actions } as const;
        const { json } = await runByUser({ reader: memoryArchive(pieces), question }, method);
        const asked = inOrder(pieces).filter(
          ({ outcome, timestamp, action }) =>
            outcome !== 'duplicate' &&
            timestamp >= range.from &&
            timestamp < range.to &&
            ((actions as string[] | undefined)?.includes(outcome === 'other' ? '__other__' : action) ?? true),
        );
        const known = asked.filter(({ userId }) => userId !== undefined);
        expect(JSON.parse(json)).to.deep.equal({
          kind: 'retention',
          cohorts: cohortsOf(known, mondayOf(range.to - 1, timeZone), timeZone),
          erasedEvents: asked.length - known.length,
        });
      }),
      { numRuns: 150 },
    )).timeout(60_000);

  it('names the weeks as ISO does, around every new year', () => {
    const calendar = zoneCalendar('Europe/Vienna')!;
    const [from, to] = [Date.UTC(1999, 11, 1), Date.UTC(2031, 1, 1)];
    for (const { name, start } of weeksOf(calendar, { from, to })) {
      expect(name).to.equal(isoWeekOf(mondayOf(start, 'Europe/Vienna')));
    }
  });

  it('has a week where clocks left out its Monday', () => {
    // Kiritimati went from 1994-12-30 to 1995-01-01; Kwajalein from Friday, 1993-08-20, to Sunday.
    const names = weeksOf(zoneCalendar('Pacific/Kwajalein')!, {
      from: Date.UTC(1993, 7, 16, 12),
      to: Date.UTC(1993, 7, 25),
    }).map(({ name }) => name);
    expect(names).to.deep.equal(['1993-W33', '1993-W34']);
  });
});
