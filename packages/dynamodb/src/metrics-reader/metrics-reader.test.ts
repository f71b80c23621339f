import type { Interval } from '@weir/calendar/late';
import { expect } from 'chai';
import { MemoryMetricsStore } from '../metrics-store/memory-metrics-store.ts';
import { append, type CountedEvent, countingEntry, foldRows, raise } from '../testing/counted-log.ts';
import { createMetricsReader, type MetricsReader } from './metrics-reader.ts';
import { INTERVAL_MS } from './series.ts';

const { minute: MINUTE, hour: HOUR, day: DAY } = INTERVAL_MS;
const START = Date.UTC(2026, 0, 15);
const LOG = '1.0';

const hourQuery = () => ({ action: 'a', from: START, to: START + HOUR, interval: 'minute' as const });
const event = (at: number, more: Partial<CountedEvent> = {}): CountedEvent => ({
  action: 'a',
  at: START + at,
  ...more,
});

describe('the reader of metrics', () => {
  let store: MemoryMetricsStore;
  let reader: MetricsReader;
  let calls: string[];
  let time: number;
  /** What happens in front of each read or write of the table. */
  let before: (operation: string) => Promise<void>;
  beforeEach(async () => {
    calls = [];
    time = START;
    before = async () => {};
    store = new MemoryMetricsStore(async (operation) => {
      calls.push(operation);
      await before(operation);
    });
    reader = createMetricsReader({ store, now: () => time });
    await store.register(LOG, []);
  });

  const add = (number: number, ...events: readonly CountedEvent[]) => append(store, LOG, countingEntry(number, events));
  const read = (interval: Interval = 'hour', from = 0, to: number = DAY) =>
    reader.readSeries({ action: 'a', from: START + from, to: START + to, interval });
  const sumOf = async (interval: Interval = 'hour') => (await read(interval)).total?.sum;
  /** Folds everything that is in the log. */
  const fold = async (upTo: number) => {
    await foldRows(store, LOG, 'a');
    await raise(store, LOG, upTo);
  };

  it('has nothing to tell before the first event, nor of an action that nobody sent', async () => {
    expect(await read()).to.deep.equal({ buckets: [], total: undefined, asOf: undefined, heads: { [LOG]: -1 } });
    await add(0, event(0));
    const { total } = await reader.readSeries({ action: 'b', from: START, to: START + DAY, interval: 'hour' });
    expect(total).to.equal(undefined);
  });

  for (const interval of ['minute', 'hour', 'day'] as const) {
    it(`counts by ${interval} each event once, whatever is folded: nothing, the rows, the watermark, and more after`, async () => {
      await add(0, event(MINUTE, { value: 1 }), event(HOUR, { value: 10 }));
      await add(1, event(HOUR + 1, { value: 100 }));
      const sums = [await sumOf(interval)];
      await foldRows(store, LOG, 'a');
      sums.push(await sumOf(interval));
      await raise(store, LOG, 1);
      sums.push(await sumOf(interval));
      await add(2, event(HOUR + 2, { value: 1000 }));
      sums.push(await sumOf(interval));
      await fold(2);
      sums.push(await sumOf(interval));
      expect(sums).to.deep.equal([111, 111, 111, 1111, 1111]);
      const fresh = createMetricsReader({ store, now: () => START });
      const again = await fresh.readSeries({ action: 'a', from: START, to: START + DAY, interval });
      expect(again).to.deep.equal(await read(interval));
    });
  }

  for (const moment of ['list', 'readAfter', 'queryRows']) {
    it(`counts once what is folded just before it comes to ${moment}`, async () => {
      await add(0, event(0, { value: 1 }));
      await add(1, event(1, { value: 10 }));
      before = async (operation) => {
        if (operation !== moment) return;
        before = async () => {};
        await fold(1);
      };
      expect([await sumOf(), await sumOf()]).to.deep.equal([11, 11]);
      expect(calls).to.include('writeRow');
    });
  }

  it('counts once what is folded between two of its reads, by rows that it keeps', async () => {
    await add(0, event(0, { value: 1 }));
    await fold(0);
    expect(await sumOf()).to.equal(1);
    await add(1, event(1, { value: 10 }));
    expect(await sumOf()).to.equal(11);
    await fold(1);
    calls = [];
    expect(await sumOf()).to.equal(11);
    // The row that it kept and the tail that it kept are everything.
    expect(calls).to.deep.equal(['list', 'readAfter']);
  });

  it('reads rows again that were made of entries which it never saw', async () => {
    await add(0, event(0, { value: 1 }));
    await fold(0);
    expect(await sumOf()).to.equal(1);
    await add(1, event(1, { value: 10 }));
    await fold(1);
    expect(await sumOf()).to.equal(11);
  });

  it('says up to when everything is counted, and how far it read', async () => {
    await append(store, LOG, countingEntry(0, [event(0)], 500));
    await append(store, LOG, countingEntry(1, [event(0)], 700));
    expect(await read()).to.include({ asOf: 700 });
    expect((await read()).heads).to.deep.equal({ [LOG]: 1 });
    await fold(1);
    expect(await createMetricsReader({ store, now: () => START }).readSeries(hourQuery())).to.include({ asOf: 700 });
  });

  it('says so by the progress once there is one, whatever the logs say: a shard may be quiet, or have no log', async () => {
    await append(store, LOG, countingEntry(0, [event(0)], 500));
    expect(await read()).to.include({ asOf: 500 });
    await store.writeProgress({ closedUpTo: 600, at: 0 });
    time += 15_000;
    expect(await read()).to.include({ asOf: 600 });
    await append(store, LOG, countingEntry(1, [event(0)], 700));
    expect(await read()).to.include({ asOf: 600 });
    await store.writeProgress({ closedUpTo: 800, at: 0 });
    expect(await read()).to.include({ asOf: 600 });
    time += 15_000;
    expect(await reader.recheck(hourQuery(), { [LOG]: 1 })).to.include({ asOf: 800 });
  });

  for (const moment of ['readProgress', 'list', 'readAfter']) {
    it(`has what the progress promises, if a log and the progress are new just before it comes to ${moment}`, async () => {
      before = async (operation) => {
        if (operation !== moment) return;
        before = async () => {};
        await store.register('2.0', []);
        await append(store, '2.0', countingEntry(0, [event(0)], 500));
        await store.writeProgress({ closedUpTo: 600, at: 0 });
      };
      const { asOf, heads } = await read();
      expect(asOf ?? 0).to.be.at.most('2.0' in heads ? 600 : 0);
    });
  }

  it('rechecks a series that was read before: valid until its range is touched', async () => {
    await add(0, event(0));
    const { heads } = await read('minute', 0, HOUR);
    expect(await reader.recheck(hourQuery(), heads)).to.deep.equal({ asOf: 0, heads });
    await add(1, event(2 * HOUR), event(0, { action: 'b' }));
    expect(await reader.recheck(hourQuery(), heads)).to.deep.equal({ asOf: 1, heads: { [LOG]: 1 } });
    await add(2, event(HOUR - 1));
    expect(await reader.recheck(hourQuery(), heads)).to.equal(undefined);
  });

  it('cannot recheck what was folded and is no longer held', async () => {
    await add(0, event(2 * HOUR));
    await fold(0);
    const { heads } = await read();
    await add(1, event(2 * HOUR));
    await fold(1);
    const other = createMetricsReader({ store, now: () => START });
    expect(await other.recheck(hourQuery(), heads)).to.equal(undefined);
  });

  it('lists every action once, folded or not', async () => {
    await add(0, event(5), event(7, { action: 'b' }));
    await fold(0);
    await foldRows(store, LOG, 'b');
    await add(1, event(1), event(9, { action: 'c' }));
    expect(await reader.listActions()).to.deep.equal([
      { action: 'a', count: 2, firstSeen: START + 1, lastSeen: START + 5 },
      { action: 'b', count: 1, firstSeen: START + 7, lastSeen: START + 7 },
      { action: 'c', count: 1, firstSeen: START + 9, lastSeen: START + 9 },
    ]);
  });

  it('answers many at once from few reads of the logs', async () => {
    await add(0, event(0));
    calls = [];
    const answers = await Promise.all(Array.from({ length: 20 }, () => sumOf()));
    expect(new Set(answers)).to.deep.equal(new Set([1]));
    expect(calls.filter((operation) => operation === 'list').length).to.be.at.most(2);
  });
});
