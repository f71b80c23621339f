import { zoneCalendar } from '@weir/calendar';
import type { Interval, Series, SeriesQuery } from '@weir/dynamodb';
import { INTERVAL_MS } from '@weir/dynamodb/metrics';
import { expect } from 'chai';
import fc from 'fast-check';
import type { AnswerCache } from '../cache/answer-cache.ts';
import { createMemoryCache } from '../cache/memory-cache.ts';
import { createCountingReader } from '../testing/counting-reader.ts';
import { createCachedReader } from './cached-reader.ts';

const HOUR = INTERVAL_MS.hour;
const DAY = INTERVAL_MS.day;
const NOW = Date.UTC(2025, 10, 24, 16);

const query = (from: number, to: number, interval: Interval = 'hour'): SeriesQuery => ({
  ...{ action: 'a', from: NOW + from, to: NOW + to, interval },
});

const ZONES = ['UTC', 'America/New_York', 'Asia/Kathmandu'] as const;

/** A cache that all instances share, like Redis. */
function createSharedCache(now: () => number): AnswerCache {
  const memory = createMemoryCache({ now });
  return {
    get: async (key) => {
      const found = await memory.get(key);
      return found && { ...found, isShared: true };
    },
    set: memory.set,
  };
}

/** The readers of two instances, at a time that a test sets. Without a shared cache, each has its own. */
function createReader({ isShared = true } = {}) {
  let time = NOW;
  const now = () => time;
  const source = createCountingReader();
  const shared = createSharedCache(now);
  const create = () =>
    createCachedReader({ reader: source, cache: isShared ? shared : createMemoryCache({ now }), now });
  return { source, reader: create(), other: create(), pass: (ms: number) => (time += ms) };
}

const countOf = (series: Series) => series.total?.count ?? 0;

type Step =
  | { readonly kind: 'event'; readonly at: number }
  | { readonly kind: 'wait'; readonly ms: number }
  | {
      readonly kind: 'read';
      readonly interval: Interval;
      readonly timeZone: string;
      readonly toHours: number;
      readonly byOther: boolean;
    };

function anySteps(): fc.Arbitrary<Step[]> {
  const event = fc.record({ kind: fc.constant('event' as const), at: fc.constantFrom(-29 * HOUR, -2 * HOUR, 0) });
  const wait = fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 1_500 }) });
  const read = fc.record({
    kind: fc.constant('read' as const),
    interval: fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const),
    timeZone: fc.constantFrom(...ZONES),
    toHours: fc.constantFrom(-26, -25, 0, 1),
    byOther: fc.boolean(),
  });
  return fc.array(fc.oneof(event, event, wait, read, read, read), { minLength: 10, maxLength: 60 });
}

function queryOf({ interval, timeZone, toHours }: Step & { kind: 'read' }): SeriesQuery {
  const range = { from: NOW - 2 * DAY, to: NOW + toHours * HOUR, interval };
  return { action: 'a', ...range, ...zoneCalendar(timeZone)?.roundRange(range), timeZone };
}

/**
 * With a shared cache, each reader must keep to its own buckets, and all of them to each question. Without one, they must
 * keep to both.
 */
async function expectNoLess(steps: readonly Step[], isShared: boolean): Promise<void> {
  const { source, reader, other, pass } = createReader({ isShared });
  const shown = new Map<string, number>();
  const expectAtLeast = (key: string, count: number) => {
    expect(count, key).to.be.at.least(shown.get(key) ?? 0);
    shown.set(key, count);
  };
  for (const step of steps) {
    if (step.kind === 'event') source.add(NOW + step.at);
    if (step.kind === 'wait') pass(step.ms);
    if (step.kind !== 'read') continue;
    const asked = queryOf(step);
    const series = await (step.byOther ? other : reader).readSeries(asked);
    expectAtLeast(JSON.stringify(asked), countOf(series));
    const instance = isShared ? String(step.byOther) : 'any';
    for (const { start, end, count } of series.buckets) expectAtLeast(`${instance} ${start} ${end}`, count);
  }
}

describe('createCachedReader', () => {
  it('answers the open range again for a second, with the asOf of its numbers', async () => {
    const { source, reader, pass } = createReader();
    source.add(NOW);
    const open = query(-HOUR, HOUR);
    const first = await reader.readSeries(open);
    source.add(NOW);
    pass(999);
    expect(await reader.readSeries(open)).to.deep.equal(first);
    pass(1);
    expect(await reader.readSeries(open)).to.deep.include({ asOf: 2 });
    expect(source.queries).to.have.length(2);
  });

  it('answers a range that is over again for minutes, with the asOf of the last check against the logs', async () => {
    const { source, reader, pass } = createReader();
    source.add(NOW - 2 * HOUR);
    const closed = query(-3 * HOUR, 0);
    await reader.readSeries(closed);
    for (const seconds of [1, 100, 290, 299]) {
      source.add(NOW + 1);
      pass(seconds * 1_000);
      expect(await reader.readSeries(closed)).to.deep.include({ asOf: source.rechecks + 1 });
    }
    expect([source.queries.length, source.rechecks]).to.deep.equal([1, 4]);
    pass(300_000);
    await reader.readSeries(closed);
    expect(source.queries).to.have.length(2);
  });

  it('shows a late event in a range that is over after a second', async () => {
    const { source, reader, pass } = createReader();
    const closed = query(-300 * DAY, -299 * DAY);
    expect(countOf(await reader.readSeries(closed))).to.equal(0);
    source.add(NOW - 299 * DAY - 1);
    pass(999);
    expect(countOf(await reader.readSeries(closed))).to.equal(0);
    pass(1);
    expect(countOf(await reader.readSeries(closed))).to.equal(1);
  });

  it('does not read the logs twice for a range that is not over', async () => {
    const { source, reader, pass } = createReader();
    await reader.readSeries(query(-HOUR, HOUR));
    pass(1_000);
    await reader.readSeries(query(-HOUR, HOUR));
    expect([source.queries.length, source.rechecks]).to.deep.equal([2, 0]);
  });

  it('keeps every action, interval, zone and range separately', async () => {
    const { source, reader } = createReader();
    const one = query(-DAY, 0);
    const others = [
      { ...one, action: 'b' },
      { ...one, interval: 'minute' as const },
      { ...one, timeZone: 'Asia/Tokyo' },
      query(-DAY, HOUR),
      query(-HOUR, 0),
    ];
    for (const each of [one, ...others, one, ...others]) await reader.readSeries(each);
    expect(source.queries).to.deep.equal([one, ...others]);
  });

  it('shows a late event in a closed range at once if it has shown it in another range', async () => {
    const { source, reader } = createReader();
    const closed = query(-3 * DAY, -2 * DAY);
    expect(countOf(await reader.readSeries(closed))).to.equal(0);
    source.add(NOW - 2 * DAY - 1);
    expect(countOf(await reader.readSeries(closed)), 'nobody has seen it').to.equal(0);
    expect(countOf(await reader.readSeries(query(-5 * DAY, 0)))).to.equal(1);
    expect(countOf(await reader.readSeries(closed))).to.equal(1);
  });

  for (const [name, asked] of [
    ['a range that is not over', query(-HOUR, HOUR)],
    ['a range that is over', query(-HOUR, 0)],
  ] as const) {
    it(`never shows less than another instance has shown, without a shared cache: ${name}`, async () => {
      const { source, reader, other } = createReader({ isShared: false });
      expect(countOf(await reader.readSeries(asked))).to.equal(0);
      expect((await reader.listActions())[0]?.count).to.equal(0);
      source.add(NOW - 1);
      expect(countOf(await other.readSeries(asked))).to.equal(1);
      expect((await other.listActions())[0]?.count).to.equal(1);
      expect(countOf(await reader.readSeries(asked))).to.equal(1);
      expect((await reader.listActions())[0]?.count).to.equal(1);
    });
  }

  it('reads no row again for a range that is over, even without a shared cache', async () => {
    const { source, reader } = createReader({ isShared: false });
    for (let time = 0; time < 5; time++) await reader.readSeries(query(-HOUR, 0));
    expect([source.queries.length, source.rechecks]).to.deep.equal([1, 4]);
  });

  for (const isShared of [true, false]) {
    const promise = isShared
      ? 'never shows a bucket with less than before, and two readers of one cache never the same question'
      : 'never shows a bucket with less than any instance before, where each has a cache of its own';
    it(promise, async function () {
      this.timeout(20_000);
      await fc.assert(
        fc.asyncProperty(anySteps(), (steps) => expectNoLess(steps, isShared)),
        { numRuns: 1_000 },
      );
    });
  }

  it('lists the same actions again for a second, and never with smaller counts', async () => {
    const { source, reader, other, pass } = createReader();
    source.add(NOW);
    const first = await reader.listActions();
    source.add(NOW);
    expect(await other.listActions()).to.deep.equal(first);
    expect(source.lists).to.equal(1);
    pass(1_000);
    expect((await reader.listActions())[0]?.count).to.equal(2);
  });

  it('keeps nothing from a read that failed', async () => {
    const { source, reader } = createReader();
    const down = { ...source, readSeries: () => Promise.reject(new Error('down')) };
    const cache = createMemoryCache({ now: () => NOW });
    const failing = createCachedReader({ reader: down, cache, now: () => NOW });
    const caught = await failing.readSeries(query(-DAY, 0)).catch((error: Error) => error.message);
    expect(caught).to.equal('down');
    expect(cache.characters()).to.equal(0);
    expect(countOf(await reader.readSeries(query(-DAY, 0)))).to.equal(0);
  });
});
