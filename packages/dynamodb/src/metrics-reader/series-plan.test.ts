import { type Interval, zoneCalendar } from '@weir/calendar';
import { expect } from 'chai';
import { plannedHours, planSeries } from './series-plan.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function planOf(timeZone: string, interval: Interval, [from, to]: readonly [string, string]) {
  const calendar = zoneCalendar(timeZone);
  if (!calendar) throw new Error(timeZone);
  const range = calendar.roundRange({ from: Date.parse(from), to: Date.parse(to), interval });
  return planSeries({ starts: calendar.bucketStarts({ ...range, interval }), to: range.to, interval });
}
const MONTH = ['2026-01-10', '2026-01-11'] as const;
const hour = (text: string) => Date.parse(`${text}Z`) / HOUR;
const day = (text: string) => Date.parse(text) / DAY;

describe('the plan of a series', () => {
  it('takes a month of UTC from the rows of its days alone', () => {
    const plan = planOf('UTC', 'month', MONTH);
    expect([plan.hours, plan.days]).to.deep.equal([[], [{ from: day('2026-01-01'), to: day('2026-01-31') }]]);
    expect(plan.buckets[0]?.hasSketches).to.equal(true);
  });

  it('takes a month of New York from the days inside it, and from hours at both ends', () => {
    const plan = planOf('America/New_York', 'month', MONTH);
    expect(plan.days).to.deep.equal([{ from: day('2026-01-02'), to: day('2026-01-31') }]);
    expect(plan.hours).to.deep.equal([
      { from: hour('2026-01-01T05:00'), to: hour('2026-01-01T23:00') },
      { from: hour('2026-02-01T00:00'), to: hour('2026-02-01T04:00') },
    ]);
    expect(plannedHours(plan)).to.equal(24);
    expect(plan.buckets[0]?.hasSketches).to.equal(true);
  });

  it('takes a day of New York from hours, as no day of UTC lies in it', () => {
    const plan = planOf('America/New_York', 'day', MONTH);
    expect([plan.days, plannedHours(plan)]).to.deep.equal([[], 48]);
  });

  it('reads the hour that two buckets share once, and has no sketches there', () => {
    const plan = planOf('Asia/Kathmandu', 'week', ['2026-01-06', '2026-01-13']);
    expect(plan.buckets.map(({ hasSketches }) => hasSketches)).to.deep.equal([false, false]);
    expect(plan.hours.map(({ from, to }) => to - from + 1)).to.deep.equal([6, 24, 19]);
    expect(plan.days).to.have.length(1);
  });

  it('of Lord Howe has sketches of the days with +11 alone', () => {
    const plan = planOf('Australia/Lord_Howe', 'day', ['2026-04-03T14:00Z', '2026-04-06T12:00Z']);
    expect(plan.buckets.map(({ hasSketches }) => hasSketches)).to.deep.equal([true, false, false]);
  });

  it('reads no row from before the epoch', () => {
    const week = planOf('UTC', 'week', ['1970-01-01', '1970-01-02']);
    expect([week.days, week.hours, week.buckets[0]?.start]).to.deep.equal([[{ from: 0, to: 3 }], [], -3 * DAY]);
    expect(planOf('America/New_York', 'day', ['1970-01-01', '1970-01-02']).hours).to.deep.equal([{ from: 0, to: 28 }]);
  });

  it('takes minutes and hours from the rows of hours', () => {
    const range = ['2026-01-10T22:00Z', '2026-01-11T02:00Z'] as const;
    expect(planOf('UTC', 'minute', range).hours).to.deep.equal(planOf('UTC', 'hour', range).hours);
    const plan = planOf('Asia/Kathmandu', 'hour', range);
    expect([plan.buckets.length, plannedHours(plan), plan.days]).to.deep.equal([5, 6, []]);
  });
});
