import type { Interval, Series, SeriesQuery } from '@weir/dynamodb';
import { expect } from 'chai';
import { ShownCounts } from './shown-counts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOTHING = { sum: 0, min: 0, max: 0, users: null, p50: null, p95: null, p99: null };

function read(interval: Interval, [from, to]: [from: number, to: number], counts: Record<number, number>) {
  const buckets = Object.entries(counts).map(([start, count]) => ({ start: Number(start), count, ...NOTHING }));
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
    ['a day of which hours were shown', read('day', [0, DAY], { 0: 5 }), false],
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
    const shown = new ShownCounts({ ttlMs: 1_000, maxPoints: 20 });
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
});
