import { DDSketch, emptyTotals, HyperLogLog, mergeTotals, type Totals, totalSum } from '@weir/aggregates';
import { BUCKET_MS, bucketStart, type Figures, matchesAction, NO_FIGURES } from '@weir/alerts';
import type { MetricsStore, RowKey } from '@weir/dynamodb';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { append, type CountedEvent, countingEntry, foldRows, foldSomeRows, raise } from '@weir/dynamodb/memory/counted';
import { expect } from 'chai';
import fc from 'fast-check';
import { MergedCounts } from './merged-counts.ts';
import type { SeriesNeed } from './merged-series.ts';

const START = 1_764_000_000_000;
const HOUR = BUCKET_MS.hour;
const ACTIONS = ['shop.a', 'shop.b', 'blog'];
const NEEDS: readonly SeriesNeed[] = [
  { pattern: 'shop.a', interval: 'minute', from: START - 2 * HOUR, hasSketches: false },
  { pattern: 'shop.*', interval: 'hour', from: START - 30 * HOUR, hasSketches: true },
  { pattern: '*', interval: 'day', from: START - 48 * HOUR, hasSketches: true },
  { pattern: '*', interval: 'minute', from: START - HOUR, hasSketches: false },
];

/** What all entries of all logs have of the buckets of a series, by start. */
async function recount(store: MetricsStore, need: SeriesNeed): Promise<ReadonlyMap<number, Figures>> {
  const buckets = new Map<number, Recounted>();
  const bucketAt = (at: number) => {
    const start = bucketStart(need.interval, at);
    const found = buckets.get(start) ?? { totals: emptyTotals(), users: new HyperLogLog(), values: new DDSketch() };
    buckets.set(start, found);
    return found;
  };
  for (const { logId } of await store.list()) {
    for (const { entry } of await store.readAfter(logId, -1)) {
      for (const [action, { minutes, hours }] of entry.delta) {
        if (!matchesAction(need.pattern, action)) continue;
        for (const [minute, added] of minutes) mergeTotals(bucketAt(minute * BUCKET_MS.minute).totals, added);
        for (const [hour, { users, values }] of need.hasSketches ? hours : []) {
          bucketAt(hour * HOUR).users.merge(users);
          bucketAt(hour * HOUR).values.merge(values);
        }
      }
    }
  }
  return new Map([...buckets].map(([start, bucket]) => [start, figuresOf(bucket, need)]));
}

interface Recounted {
  readonly totals: Totals;
  readonly users: HyperLogLog;
  readonly values: DDSketch;
}

function figuresOf({ totals, users, values }: Recounted, { hasSketches }: SeriesNeed): Figures {
  const p95 = hasSketches ? values.quantile(0.95) : undefined;
  return {
    ...{ count: totals.count, sum: totalSum(totals), users: hasSketches ? users.estimate() : null },
    p95: p95 === undefined ? null : Math.min(totals.max, Math.max(totals.min, p95)),
  };
}

const event = fc.record<CountedEvent>({
  action: fc.constantFrom(...ACTIONS),
  at: fc.integer({ min: -50 * HOUR, max: 24 * HOUR }).map((ms) => START + ms),
  value: fc.integer({ min: -5, max: 50 }),
  userId: fc.constantFrom('u1', 'u2', 'u3'),
});
const log = fc.constantFrom('1764000000.0', '1764000000.1', '1764000000.2');
const change = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('append' as const), log, events: fc.array(event) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('fold' as const), log, rows: fc.array(fc.boolean()) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('raise' as const), log }) },
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** Carries a change out. A fold writes all that is missing from some rows, as one that did not end. */
async function apply(store: MetricsStore, made: Change): Promise<void> {
  const entries = await store.readAfter(made.log, -1);
  const head = entries.at(-1)?.number ?? -1;
  if (made.type === 'append') {
    await store.register(made.log, []);
    await append(store, made.log, countingEntry(head + 1, made.events, START));
  }
  if (made.type === 'fold') {
    const isChosen = ({ kind, bucket }: RowKey) => made.rows[(bucket + kind.length) % made.rows.length] ?? false;
    for (const action of ACTIONS) await foldSomeRows(store, { logId: made.log, action }, isChosen);
  }
  if (made.type === 'raise' && head >= 0) {
    for (const action of ACTIONS) await foldRows(store, made.log, action);
    await raise(store, made.log, head);
  }
}

const refresh = fc.record({
  type: fc.constant('refresh' as const),
  needs: fc.subarray([...NEEDS], { minLength: 1 }),
  /** Between two of its calls. */
  meanwhile: fc.array(fc.tuple(fc.nat(6), change), { maxLength: 3 }),
  hasSlept: fc.boolean(),
});

describe('the merged counts', () => {
  it('hold each entry once, whatever is appended and folded between and during their reads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(change, refresh), { maxLength: 30 }), async (steps) => {
        const items = new Map();
        const plain = new MemoryMetricsStore(undefined, items);
        let meanwhile: readonly (readonly [number, Change])[] = [];
        let [calls, now] = [0, START];
        let changes = Promise.resolve();
        const store = new MemoryMetricsStore(async () => {
          const call = calls++;
          for (const [at, made] of meanwhile) if (at === call) changes = changes.then(() => apply(plain, made));
          await changes;
        }, items);
        const counts = new MergedCounts({ store, now: () => now });
        for (const step of steps) {
          if (step.type !== 'refresh') await apply(plain, step);
          else {
            [meanwhile, calls] = [step.meanwhile, 0];
            now += step.hasSlept ? 900_001 : 1000;
            await counts.refresh(step.needs);
            meanwhile = [];
            // What came during the refresh may be there or not; with one more, everything is.
            await counts.refresh(step.needs);
            for (const need of step.needs) {
              const recounted = await recount(plain, need);
              const wrong = startsOf(need).filter((start) => {
                const expected = JSON.stringify(recounted.get(start) ?? NO_FIGURES);
                return JSON.stringify(counts.figures(need, start)) !== expected;
              });
              expect(wrong).to.deep.equal([]);
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  }).timeout(60_000);

  it('never exceed what is counted while something is folded', async () => {
    const items = new Map();
    const plain = new MemoryMetricsStore(undefined, items);
    const [action, logId] = ['shop.a', '1764000000.0'];
    await plain.register(logId, []);
    await append(plain, logId, countingEntry(0, [{ action, at: START }]));
    const store = new MemoryMetricsStore(async (operation) => {
      if (operation === 'queryRows') await foldRows(plain, logId, action);
    }, items);
    const counts = new MergedCounts({ store, now: () => START });
    await counts.refresh(NEEDS.slice(0, 1));
    expect(counts.figures({ pattern: action, interval: 'minute' }, START)).to.include({ count: 1 });
  });

  describe('once they were read', () => {
    let calls: string[];
    let store: MemoryMetricsStore;
    let counts: MergedCounts;
    let now: number;
    const count = (at = START) => counts.figures({ pattern: 'shop.a', interval: 'minute' }, at).count;
    beforeEach(async () => {
      calls = [];
      now = START;
      store = new MemoryMetricsStore(async (operation) => void calls.push(operation));
      for (const logId of ['1764000000.0', '1764000000.1']) {
        await store.register(logId, []);
        await append(store, logId, countingEntry(0, [{ action: 'shop.a', at: START }], START + 7));
      }
      counts = new MergedCounts({ store, now: () => now });
      await counts.refresh(NEEDS);
      calls = [];
    });

    it('ask with one query for the logs and one for each log, and for no row, a day and more later too', async () => {
      for (let hour = 0; hour < 30; hour++) {
        now = START + hour * HOUR;
        await append(store, '1764000000.0', countingEntry(hour + 1, [{ action: 'shop.a', at: now }], now));
        for (let wait = 0; wait < 6; wait++) {
          now += 600_000;
          calls = [];
          await counts.refresh(NEEDS.map((need) => ({ ...need, from: need.from + hour * HOUR })));
          expect(calls).to.deep.equal(['list', 'readAfter', 'readAfter']);
        }
        expect(count(START + hour * HOUR)).to.equal(hour === 0 ? 3 : 1);
      }
    });

    it('read rows for a series that is new, and go on with the others', async () => {
      await counts.refresh([...NEEDS, { pattern: 'blog', interval: 'hour', from: START, hasSketches: false }]);
      expect(calls).to.deep.equal(['list', 'readAfter', 'readAfter', 'queryRows']);
      expect(count()).to.equal(2);
    });

    it('take in a log that is new from its first entry on, folded or not', async () => {
      const logId = '1764000000.2';
      await store.register(logId, []);
      for (const number of [0, 1]) await append(store, logId, countingEntry(number, [{ action: 'shop.a', at: START }]));
      await foldRows(store, logId, 'shop.a');
      await raise(store, logId, 1);
      await append(store, logId, countingEntry(2, [{ action: 'shop.a', at: START }]));
      calls = [];
      await counts.refresh(NEEDS);
      expect(calls).to.have.length(4);
      expect(count()).to.equal(5);
    });

    it('read no log to its end again, once one that follows it has entries, for a quarter of an hour', async () => {
      const logId = '1764000000.2';
      const grow = async (number: number) => {
        await append(store, logId, countingEntry(number, [{ action: 'shop.a', at: START }]));
        calls = [];
        now += 1000;
        await counts.refresh(NEEDS);
        return calls.length;
      };
      await store.register(logId, ['1764000000.0']);
      // When the first one comes, the older log may have an entry that was not read.
      expect([await grow(0), await grow(1), await grow(2)]).to.deep.equal([4, 4, 3]);
      expect(count()).to.equal(5);
      await counts.refresh([...NEEDS, { pattern: 'blog', interval: 'hour', from: START, hasSketches: false }]);
      expect(calls.slice(3)).to.deep.equal(['list', 'readAfter', 'readAfter', 'readAfter', 'queryRows']);
      await counts.refresh(NEEDS);
      for (let minute = 0; minute < 15; minute++) {
        now += 60_000;
        calls = [];
        await counts.refresh(NEEDS);
      }
      expect(calls).to.have.length(4);
      expect(count()).to.equal(5);
    });

    it('read everything again where entries are missing', async () => {
      await append(store, '1764000000.0', countingEntry(1, [{ action: 'shop.a', at: START }]));
      await foldRows(store, '1764000000.0', 'shop.a');
      await raise(store, '1764000000.0', 1);
      store.items.delete([...store.items.keys()].find((key) => /log#.*\.0\W.*0000000001/.test(key)) as string);
      calls = [];
      await counts.refresh(NEEDS);
      expect(calls).to.include('queryRows');
      expect(count()).to.equal(3);
    });

    it('forget everything after an error, as an entry may be in one series and not in another', async () => {
      const entry = { number: 1, body: Uint8Array.of(99) };
      await append(store, '1764000000.0', entry);
      const failed = await counts.refresh(NEEDS).catch((error: unknown) => error);
      expect(failed).to.be.an('error');
      store.items.delete([...store.items.keys()].find((key) => key.includes('0000000001')) as string);
      await counts.refresh(NEEDS);
      expect(count()).to.equal(2);
    });

    it('say up to which arrival they count', () => {
      expect(counts.asOf).to.equal(START + 7);
    });

    it('know nothing of a bucket before those that were needed', async () => {
      expect(() => counts.figures({ pattern: 'shop.a', interval: 'minute' }, START - 4 * HOUR)).to.throw(
        'was not read',
      );
      expect(() => counts.figures({ pattern: 'none', interval: 'minute' }, START)).to.throw('was not read');
    });
  });
});

function startsOf({ interval, from }: SeriesNeed): number[] {
  const starts: number[] = [];
  const first = bucketStart(interval, from + BUCKET_MS[interval] - 1);
  for (let start = first; start < START + 25 * HOUR; start += BUCKET_MS[interval]) starts.push(start);
  return starts;
}
