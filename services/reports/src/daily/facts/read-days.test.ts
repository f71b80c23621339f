import { addDays, type LocalDay } from '@weir/calendar';
import { expect } from 'chai';
import { type CountedEvent, MemoryCountsReader } from '../../testing/memory-counts-reader.ts';
import { calendarOf } from '../calendar-of.ts';
import { compareDays } from './compare-days.ts';
import { readDays } from './read-days.ts';

const HOUR_MS = 3_600_000;

/** The day `date` and the seven before it. */
function eightDays(date: string, timeZone: string): LocalDay[] {
  const calendar = calendarOf(timeZone);
  return Array.from({ length: 8 }, (_, i) => calendar.localDay(addDays(date, i - 7))).filter(
    (day) => day !== undefined,
  );
}

async function read(events: readonly CountedEvent[], date: string, timeZone = 'UTC') {
  const days = eightDays(date, timeZone);
  return readDays(new MemoryCountsReader(events), { days, calendar: calendarOf(timeZone) });
}

const NOON = Date.UTC(2026, 0, 20, 12);
const DAY_MS = 24 * HOUR_MS;

describe('the counts of days', () => {
  it('are of each action, by count, then by name, with users of all actions counted once', async () => {
    const { days, asOf } = await read(
      [
        { action: 'b', at: NOON, value: 3, userId: 'ann' },
        { action: 'b', at: NOON + HOUR_MS, value: 5, userId: 'bob' },
        { action: 'c', at: NOON, value: 1, userId: 'ann' },
        { action: 'a', at: NOON, value: -1, userId: 'cid', arrival: NOON + 7 },
        { action: 'a', at: NOON + DAY_MS, userId: 'dan', arrival: NOON + DAY_MS },
      ],
      '2026-01-20',
    );
    const day = days.at(-1);
    expect(day?.total).to.deep.equal({ count: 4, users: 3 });
    expect(day?.actions.map(({ action, count }) => [action, count])).to.deep.equal([
      ['b', 2],
      ['a', 1],
      ['c', 1],
    ]);
    const [b] = day?.actions ?? [];
    expect(b).to.include({ sum: 8, min: 3, max: 5, mean: 4, users: 2 });
    expect(b?.p50).to.be.closeTo(3, 0.06);
    expect(asOf).to.equal(NOON + DAY_MS);
  });

  for (const [name, date, timeZone, hours] of [
    ['a day', '2026-01-20', 'UTC', 24],
    ['the day on which clocks are put forward', '2026-03-08', 'America/New_York', 23],
    ['the day on which clocks are put back', '2026-11-01', 'America/New_York', 25],
    ['a day a quarter of an hour from full hours', '2026-01-20', 'Asia/Kathmandu', 24],
    ['a day that lacks half an hour', '2026-10-04', 'Australia/Lord_Howe', 24],
  ] as const) {
    it(`have each of the ${hours} hours of ${name} in ${timeZone}, those without events too`, async () => {
      const day = calendarOf(timeZone).localDay(date);
      if (!day) throw new Error('no such day');
      const at = day.to - 1;
      const { days } = await read([{ action: 'a', at }], date, timeZone);
      const found = days.at(-1)?.hours ?? [];
      expect(found).to.have.length(hours);
      expect(found[0]).to.deep.equal({ start: day.from, count: 0 });
      expect(found.map(({ count }) => count)).to.deep.equal([...Array(hours - 1).fill(0), 1]);
    });
  }

  it('have users and percentiles only where a day has whole hours of UTC', async () => {
    const { days } = await read([{ action: 'a', at: NOON, value: 2 }], '2026-01-20', 'Asia/Kathmandu');
    const unknown = { users: null, p50: null, p95: null, p99: null };
    expect(days.at(-1)?.actions[0]).to.deep.include({ count: 1, sum: 2, ...unknown });
    expect(days.at(-1)?.total).to.deep.equal({ count: 1, users: null });
  });

  it('are nothing on a day without events, and nothing is known before the first one', async () => {
    const quiet = await read([{ action: 'a', at: NOON - 9 * DAY_MS, arrival: 5 }], '2026-01-20');
    expect(quiet.days.at(-1)).to.deep.include({ total: { count: 0, users: 0 }, actions: [] });
    expect(quiet.asOf).to.equal(5);
    expect((await read([], '2026-01-20')).asOf).to.equal(undefined);
  });
});

describe('the comparison of a day', () => {
  const none = () => false;
  const on = (day: number, action: string, userId: string) => ({ action, userId, at: NOON + (day - 20) * DAY_MS });

  it('is with the day before, and with the mean of the seven before', async () => {
    const events = [on(20, 'a', 'u'), on(19, 'a', 'u'), on(19, 'a', 'v'), on(13, 'a', 'u'), on(1, 'a', 'u')];
    const { previousDay, meanOfSeven, lastSeven } = compareDays(await read(events, '2026-01-20'), none);
    expect(previousDay).to.deep.equal({
      total: { count: 2, users: 2 },
      actions: [{ action: 'a', count: 2, users: 2 }],
    });
    expect(meanOfSeven.total?.count).to.be.closeTo(3 / 7, 1e-9);
    expect(lastSeven.map(({ date, count }) => [date, count])).to.deep.equal([
      ['2026-01-13', 1],
      ...[14, 15, 16, 17, 18].map((day) => [`2026-01-${day}`, 0]),
      ['2026-01-19', 2],
    ]);
  });

  it('is null where there is no earlier data, of an action or of all', async () => {
    const first = compareDays(await read([on(20, 'a', 'u')], '2026-01-20'), none);
    const unknown = { total: null, actions: [{ action: 'a', count: null, users: null }] };
    expect([first.previousDay, first.meanOfSeven]).to.deep.equal([unknown, unknown]);
    expect(first.lastSeven[6]).to.deep.equal({ date: '2026-01-19', count: null, users: null });
    const { previousDay } = compareDays(await read([on(20, 'new', 'u'), on(19, 'old', 'u')], '2026-01-20'), none);
    expect(previousDay.actions).to.deep.equal([
      { action: 'new', count: null, users: null },
      { action: 'old', count: 1, users: 1 },
    ]);
  });

  it('takes the mean over the days since the first event', async () => {
    const events = [on(20, 'a', 'u'), on(19, 'a', 'u'), on(18, 'a', 'u'), on(18, 'a', 'u'), on(18, 'a', 'u')];
    const { meanOfSeven } = compareDays(await read(events, '2026-01-20'), none);
    expect(meanOfSeven.total).to.deep.equal({ count: 2, users: 1 });
  });

  it('has an action that stopped, and counts as nothing the days on which a known action rested', async () => {
    const events = [on(18, 'a', 'u'), on(20, 'b', 'u'), on(10, 'b', 'u')];
    const { previousDay, meanOfSeven } = compareDays(await read(events, '2026-01-20'), none);
    expect(previousDay).to.deep.equal({
      total: { count: 0, users: 0 },
      actions: [
        { action: 'a', count: 0, users: 0 },
        { action: 'b', count: 0, users: 0 },
      ],
    });
    expect(meanOfSeven.actions[0]).to.deep.equal({ action: 'a', count: 0.5, users: 0.5 });
  });

  it('knows nothing of the days before the stage began, although an event is years older than that', async () => {
    const events = [on(-2000, 'a', 'u'), on(18, 'a', 'u'), on(20, 'a', 'u')];
    const { previousDay, meanOfSeven, lastSeven } = compareDays(await read(events, '2026-01-20'), none);
    expect(lastSeven.map(({ count }) => count)).to.deep.equal([null, null, null, null, null, 1, 0]);
    expect([previousDay.total?.count, meanOfSeven.total?.count]).to.deep.equal([0, 0.5]);
    expect(meanOfSeven.actions).to.deep.equal([{ action: 'a', count: 0.5, users: 0.5 }]);
    const first = compareDays(await read([on(-2000, 'a', 'u'), on(20, 'a', 'u')], '2026-01-20'), none);
    expect([first.previousDay.total, first.meanOfSeven.total]).to.deep.equal([null, null]);
  });

  it('counts as nothing a day without events that has a report, or follows one that has', async () => {
    const { lastSeven } = compareDays(await read([on(20, 'a', 'u')], '2026-01-20'), (date) => date === '2026-01-17');
    expect(lastSeven.map(({ count }) => count)).to.deep.equal([null, null, null, null, 0, 0, 0]);
  });
});
