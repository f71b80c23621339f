import {
  DDSketch,
  DeltaBuilder,
  decodeHourRow,
  encodeHourRow,
  foldIntoDayRow,
  foldIntoHourRow,
} from '@weir/aggregates';
import type { Interval } from '@weir/calendar/late';
import { expect } from 'chai';
import { INTERVAL_MS, SeriesBuilder } from './series.ts';
import { planSeries } from './series-plan.ts';

const { minute: MINUTE, hour: HOUR, day: DAY } = INTERVAL_MS;
const START = Date.UTC(2026, 0, 15);

type Event = readonly [at: number, value: number, userId?: string];

function deltaOf(...events: readonly Event[]) {
  const builder = new DeltaBuilder();
  for (const [at, value, userId = 'u'] of events) builder.add('a', START + at, value, userId);
  const delta = builder.build().get('a');
  if (!delta) throw new Error('no events');
  return delta;
}
const hourRow = (at: number, ...events: readonly Event[]) => {
  const row = foldIntoHourRow(undefined, deltaOf(...events), Math.floor((START + at) / HOUR));
  return decodeHourRow(encodeHourRow(row));
};
const seriesOf = (interval: 'minute' | 'hour' | 'day', from = 0, to: number = DAY) => {
  const length = INTERVAL_MS[interval];
  return seriesFrom(
    interval,
    Array.from({ length: (to - from) / length + 1 }, (_, at) => from + at * length),
  );
};
/** A series of buckets that begin and end at these times. */
const seriesFrom = (interval: Interval, ends: readonly number[]) => {
  const [to = 0, ...starts] = ends.map((at) => START + at).reverse();
  return new SeriesBuilder(planSeries({ starts: starts.reverse(), to, interval }));
};
const startsOf = (series: SeriesBuilder) => series.buckets().map(({ start, count }) => [start - START, count]);
const everything = () => true;

describe('a series', () => {
  it('has the buckets that something was counted in, in order, and no total of nothing', () => {
    const series = seriesOf('minute');
    expect([series.buckets(), series.total()]).to.deep.equal([[], undefined]);
    series.addHourRow((START + HOUR) / HOUR, hourRow(HOUR, [HOUR + 5 * MINUTE, 1], [HOUR + 3 * MINUTE, 1]));
    series.addHourRow(START / HOUR, hourRow(0, [0, 2], [1, 3]));
    expect(startsOf(series)).to.deep.equal([
      [0, 2],
      [HOUR + 3 * MINUTE, 1],
      [HOUR + 5 * MINUTE, 1],
    ]);
    expect(series.total()).to.include({ count: 4, sum: 7, min: 1, max: 3 });
  });

  it('has nothing outside its range, which does not include its end', () => {
    const events: Event[] = [9, 10, 19, 20].map((at) => [at * MINUTE, 1]);
    const rows = seriesOf('minute', 10 * MINUTE, 20 * MINUTE);
    rows.addHourRow(START / HOUR, hourRow(0, ...events));
    const entries = seriesOf('minute', 10 * MINUTE, 20 * MINUTE);
    entries.addDelta(deltaOf(...events), everything);
    for (const series of [rows, entries]) {
      expect(startsOf(series)).to.deep.equal([
        [10 * MINUTE, 1],
        [19 * MINUTE, 1],
      ]);
      expect(series.total()?.count).to.equal(2);
    }
  });

  it('has neither users nor percentiles for minutes', () => {
    const series = seriesOf('minute');
    series.addDelta(deltaOf([0, 5]), everything);
    const unknown = { users: null, p50: null, p95: null, p99: null };
    expect(series.buckets()[0]).to.include(unknown);
    expect(series.total()).to.include(unknown);
  });

  it('counts a user once in a bucket and once in all, whether by rows or by entries', () => {
    const series = seriesOf('hour');
    series.addHourRow(START / HOUR, hourRow(0, [0, 1, 'ann'], [1, 1, 'bob']));
    series.addDelta(deltaOf([2, 1, 'ann'], [HOUR, 1, 'ann'], [HOUR, 1, 'cid']), everything);
    expect(series.buckets().map(({ users }) => users)).to.deep.equal([2, 2]);
    expect(series.total()?.users).to.equal(3);
  });

  it('adds only the part of an entry that its rows do not hold, hour by hour', () => {
    const series = seriesOf('hour');
    const held = new Set([START / HOUR]);
    series.addDelta(deltaOf([0, 1], [HOUR, 10], [2 * HOUR, 100]), (_, hour) => !held.has(hour));
    expect(startsOf(series)).to.deep.equal([
      [HOUR, 1],
      [2 * HOUR, 1],
    ]);
    expect(series.total()).to.include({ sum: 110, users: 1 });
  });

  it('of days adds up the rows of days and the hours of entries', () => {
    const series = seriesOf('day', 0, 2 * DAY);
    series.addDayRow(START / DAY, foldIntoDayRow(undefined, deltaOf([0, 1, 'ann'], [DAY - 1, 2, 'bob']), START / DAY));
    const isMissing = (_: string, day: number) => day !== START / DAY;
    series.addDelta(deltaOf([5, 9], [DAY, 4, 'ann'], [DAY + 23 * HOUR, 6, 'cid']), isMissing);
    expect(series.buckets().map(({ start, sum, users }) => [start - START, sum, users])).to.deep.equal([
      [0, 3, 2],
      [DAY, 10, 2],
    ]);
    expect(series.total()).to.include({ count: 4, sum: 13, users: 3 });
  });

  it('has no percentile outside the range of the values, although a bin of a sketch reaches past it', () => {
    const sketch = new DDSketch();
    sketch.add(1000);
    expect(sketch.quantile(0.5)).not.to.equal(1000);
    const series = seriesOf('hour');
    series.addDelta(deltaOf([0, 1000], [1, 1000]), everything);
    expect(series.buckets()[0]).to.include({ p50: 1000, p95: 1000, p99: 1000 });
  });

  it('has percentiles within 2 % of the values', () => {
    const series = seriesOf('hour');
    series.addDelta(deltaOf(...Array.from({ length: 100 }, (_, i): Event => [i, i + 1])), everything);
    const [bucket] = series.buckets();
    for (const [name, value] of [
      ['p50', 50],
      ['p95', 95],
      ['p99', 99],
    ] as const) {
      expect(bucket?.[name], name).to.be.closeTo(value, 0.02 * value);
    }
  });

  it('keeps a sum of values that rounding would lose', () => {
    const series = seriesOf('hour');
    series.addDelta(deltaOf([0, 1e12], [1, 1e-5]), everything);
    series.addDelta(deltaOf([2, -1e12]), everything);
    expect(series.total()?.sum).to.equal(1e-5);
  });
});
