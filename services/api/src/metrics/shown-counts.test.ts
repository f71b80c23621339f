import { zoneCalendar } from '@weir/calendar';
import type { Bucket, Interval, Series, SeriesQuery } from '@weir/dynamodb';
import { expect } from 'chai';
import fc from 'fast-check';
import { ShownCounts } from './shown-counts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOTHING = { sum: 0, min: 0, max: 0, users: null, p50: null, p95: null, p99: null };

function read(interval: Interval, [from, to]: [from: number, to: number], counts: Record<number, number>) {
  const length = { minute: MINUTE, hour: HOUR, day: DAY, week: 7 * DAY, month: 31 * DAY }[interval];
  const buckets = Object.entries(counts).map(([at, count]) => {
    const start = Number(at);
    return { start, end: start + length, count, ...NOTHING };
  });
  buckets.sort((a, b) => a.start - b.start);
  const query: SeriesQuery = { action: 'a', from, to, interval };
  const series: Series = { buckets, total: undefined, asOf: 0 };
  return { query, series, readAt: 0 };
}

describe('ShownCounts', () => {
  const shownHour = read('hour', [0, 2 * HOUR], { 0: 5, [HOUR]: 1 });
  const cases: [what: string, answer: ReturnType<typeof read>, isBehind: boolean][] = [
    ['the same', shownHour, false],
    ['more', read('hour', [0, 2 * HOUR], { 0: 6, [HOUR]: 1 }), false],
    ['less in one bucket, though more in all', read('hour', [0, 2 * HOUR], { 0: 4, [HOUR]: 9 }), true],
    ['a bucket missing', read('hour', [0, 2 * HOUR], { 0: 5 }), true],
    ['less in a range that overlaps', read('hour', [HOUR, 9 * HOUR], { [HOUR]: 0 }), true],
    ['less before a range that was shown', read('hour', [2 * HOUR, 9 * HOUR], {}), false],
    ['minutes that make less of an hour', read('minute', [0, HOUR], { 0: 3, [MINUTE]: 1 }), true],
    ['minutes that make the hour', read('minute', [0, HOUR], { 0: 3, [MINUTE]: 2 }), false],
    ['minutes of a part of an hour', read('minute', [0, HOUR - MINUTE], { 0: 3 }), false],
    ['a day with less than the hours that were shown of it', read('day', [0, DAY], { 0: 5 }), true],
    ['a day with what was shown of it', read('day', [0, DAY], { 0: 6 }), false],
    ['a month with less than was shown of it', read('month', [0, 31 * DAY], { 0: 5 }), true],
    [
      'hours at :15 that hold one of the hours together, with less',
      read('hour', [-45 * MINUTE, 75 * MINUTE], { [-45 * MINUTE]: 1, [15 * MINUTE]: 3 }),
      true,
    ],
    [
      'hours at :15 that hold one of the hours together',
      read('hour', [-45 * MINUTE, 75 * MINUTE], { [-45 * MINUTE]: 1, [15 * MINUTE]: 4 }),
      false,
    ],
    ['an hour at :15, which holds no hour that was shown', read('hour', [15 * MINUTE, 75 * MINUTE], {}), false],
  ];
  for (const [what, answer, isBehind] of cases) {
    it(`treats ${what} as ${isBehind ? 'older' : 'new enough'}`, () => {
      const shown = new ShownCounts({ ttlMs: 1_000 });
      shown.add(shownHour, 0);
      expect(shown.isBehind(answer)).to.equal(isBehind);
    });
  }

  it('does not compare different actions', () => {
    const shown = new ShownCounts({ ttlMs: 1_000 });
    shown.add(shownHour, 0);
    const { query } = shownHour;
    expect(shown.isBehind({ ...read('hour', [0, HOUR], {}), query: { ...query, action: 'b' } })).to.equal(false);
  });

  it('removes counts that are older than any cached answer', () => {
    const shown = new ShownCounts({ ttlMs: 1_000 });
    shown.add(shownHour, 0);
    shown.add({ ...shownHour, query: { ...shownHour.query, action: 'b' } }, 1_001);
    expect(shown.isBehind({ ...read('hour', [0, 2 * HOUR], {}), readAt: 1_001 })).to.equal(false);
  });

  it('removes the oldest counts above its limit, and then refuses answers from before that time', () => {
    const shown = new ShownCounts({ ttlMs: 1_000, maxNumbers: 28 });
    for (let i = 0; i < 100; i++) shown.add({ ...shownHour, query: { ...shownHour.query, action: `${i}` } }, i);
    expect(shown.isBehind({ ...shownHour, readAt: 50 })).to.equal(true);
    expect(shown.isBehind({ ...shownHour, readAt: 99 })).to.equal(false);
    const last = {
      ...shownHour,
      query: { ...shownHour.query, action: '99' },
      series: { ...shownHour.series, buckets: [] },
    };
    expect(shown.isBehind({ ...last, readAt: 99 })).to.equal(true);
  });

  const divisions = ['UTC', 'America/New_York', 'Asia/Kathmandu'].flatMap((timeZone) =>
    (['hour', 'day', 'week', 'month'] as const).map((interval) => ({ timeZone, interval })),
  );
  const anyDivision = fc.constantFrom(...divisions);
  const anyTime = fc.integer({ min: Date.UTC(2026, 0, 28), max: Date.UTC(2026, 1, 5) });

  it('refuses an answer exactly if some buckets in a row have less than was shown inside them', () => {
    const answer = ({ timeZone, interval }: (typeof divisions)[number], times: readonly number[]) => {
      const asked = { from: Date.UTC(2026, 0, 29), to: Date.UTC(2026, 1, 4), interval };
      const calendar = zoneCalendar(timeZone);
      const range = calendar?.roundRange(asked) ?? asked;
      const starts = calendar?.bucketStarts({ ...range, interval }) ?? [];
      const all = starts.map((start, index): Bucket => {
        const end = starts[index + 1] ?? range.to;
        return { start, end, count: times.filter((at) => at >= start && at < end).length, ...NOTHING };
      });
      const query: SeriesQuery = { action: 'a', ...range, interval, timeZone };
      const series: Series = { buckets: all.filter(({ count }) => count > 0), total: undefined, asOf: 0 };
      return { all, read: { query, series, readAt: 0 } };
    };
    const sum = (buckets: readonly Bucket[], from: number, to: number) =>
      buckets.filter(({ start, end }) => start >= from && end <= to).reduce((all, { count }) => all + count, 0);
    fc.assert(
      fc.property(anyDivision, anyDivision, fc.tuple(fc.array(anyTime), fc.array(anyTime)), (one, other, [a, b]) => {
        const before = answer(one, a);
        const after = answer(other, b);
        const shown = new ShownCounts({ ttlMs: 1_000 });
        shown.add(before.read, 0);
        const isLess = after.all.some(({ start }) =>
          after.all.some(({ end }) => end > start && sum(after.all, start, end) < sum(before.all, start, end)),
        );
        expect(shown.isBehind(after.read)).to.equal(isLess);
        expect(shown.isBehind(answer(other, [...a, ...b]).read)).to.equal(false);
      }),
      { numRuns: 300 },
    );
  });
});
