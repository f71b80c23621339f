import { type ActionDelta, DDSketch, DeltaBuilder, HyperLogLog } from '@weir/aggregates';
import { type Interval, type IntervalRange, zoneCalendar } from '@weir/calendar';
import { expect } from 'chai';
import fc from 'fast-check';
import { MemoryMetricsStore } from '../metrics-store/memory-metrics-store.ts';
import { append, type CountedEvent, countingEntry, foldRows, foldSomeRows, raise } from '../testing/counted-log.ts';
import { createMetricsReader } from './metrics-reader.ts';
import { summarise } from './summarise.ts';

const HOUR = 3_600_000;
/** A Saturday: a day, a week and a month begin soon after it, and Lord Howe sets its clocks back on the day after. */
const START = Date.UTC(2026, 3, 4, 12) - 100 * HOUR;
const SPAN_MS = 220 * HOUR;
const LOGS = ['1.0', '1.1'];
const ZONES = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const INTERVALS: readonly Interval[] = ['minute', 'hour', 'day', 'week', 'month'];

/** A batch of one log, what of it is folded, and a question after it. */
interface Step {
  readonly log: number;
  readonly events: readonly CountedEvent[];
  /** Of each row whether it is folded; undefined folds all, and raises the watermark. */
  readonly chosen: number | undefined;
  readonly timeZone: string;
  readonly interval: Interval;
  readonly from: number;
  readonly span: number;
}

const anyEvent = fc.record({
  action: fc.constant('a'),
  at: fc.integer({ min: START, max: START + SPAN_MS }),
  value: fc.integer({ min: -50, max: 50 }),
  userId: fc.constantFrom('ann', 'bob', 'cid', 'dan'),
});
const anyStep: fc.Arbitrary<Step> = fc.record({
  log: fc.nat({ max: LOGS.length - 1 }),
  events: fc.array(anyEvent, { minLength: 1, maxLength: 12 }),
  chosen: fc.option(fc.nat({ max: 2 ** 20 }), { nil: undefined }),
  timeZone: fc.constantFrom(...ZONES),
  interval: fc.constantFrom(...INTERVALS),
  from: fc.nat({ max: SPAN_MS }),
  span: fc.integer({ min: 1, max: SPAN_MS }),
});

function deltaOf(events: readonly CountedEvent[]): ActionDelta {
  const builder = new DeltaBuilder();
  for (const { at, value = 0, userId = '' } of events) builder.add('a', at, value, userId);
  return builder.build().get('a') as ActionDelta;
}

/** The bucket of these events, from the events alone. */
function expectedTotal(events: readonly CountedEvent[], hasSketches: boolean) {
  const [users, values] = [new HyperLogLog(), new DDSketch()];
  for (const sketches of deltaOf(events).hours.values()) {
    users.merge(sketches.users);
    values.merge(sketches.values);
  }
  const each = events.map(({ value = 0 }) => value);
  const sum = each.reduce((all, value) => all + value, 0);
  const totals = { count: each.length, sum, sumLow: 0, min: Math.min(...each), max: Math.max(...each) };
  return summarise({ totals, users: hasSketches ? users : undefined, values: hasSketches ? values : undefined });
}

function expectedSeries(events: readonly CountedEvent[], { timeZone, ...range }: IntervalRange & { timeZone: string }) {
  const starts = zoneCalendar(timeZone)?.bucketStarts(range) ?? [];
  const planned = starts.map((start, index) => {
    const end = starts[index + 1] ?? range.to;
    return { start, end, isWhole: start % HOUR === 0 && end % HOUR === 0 };
  });
  const inside = events.filter(({ at }) => at >= range.from && at < range.to);
  const buckets = planned.flatMap(({ start, end, isWhole }) => {
    const own = inside.filter(({ at }) => at >= start && at < end);
    return own.length > 0 ? [{ start, end, ...expectedTotal(own, isWhole) }] : [];
  });
  const isWhole = planned.every((bucket) => bucket.isWhole);
  return { buckets, total: inside.length > 0 ? expectedTotal(inside, isWhole) : undefined };
}

function rangeOf({ timeZone, interval, from, span }: Step): IntervalRange & { timeZone: string } {
  const length = interval === 'minute' ? (span % (20 * HOUR)) + 1 : span;
  const range = { from: START + from, to: START + from + length, interval };
  return { ...range, ...zoneCalendar(timeZone)?.roundRange(range), timeZone };
}

describe('answers from rows of days, rows of hours and the logs together', () => {
  it('have what the events of each bucket give, whatever is folded, in every zone and interval', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 8 }), async (steps) => {
        const store = new MemoryMetricsStore();
        const reader = createMetricsReader({ store, now: () => START });
        for (const logId of LOGS) await store.register(logId, []);
        const events: CountedEvent[] = [];
        const next = LOGS.map(() => 0);
        for (const step of steps) {
          const { log, chosen } = step;
          const logId = LOGS[log] as string;
          const number = next[log] ?? 0;
          next[log] = number + 1;
          await append(store, logId, countingEntry(number, step.events));
          events.push(...step.events);
          if (chosen === undefined) {
            await foldRows(store, logId, 'a');
            await raise(store, logId, number);
          } else {
            const isChosen = ({ kind, bucket }: { kind: string; bucket: number }) =>
              ((chosen >> (bucket % 19)) & 1) === (kind === 'day' ? 1 : 0);
            await foldSomeRows(store, { logId, action: 'a' }, isChosen);
          }
          const range = rangeOf(step);
          const expected = expectedSeries(events, range);
          for (const each of [reader, createMetricsReader({ store, now: () => START })]) {
            const { buckets, total } = await each.readSeries({ action: 'a', ...range });
            expect({ buckets, total }).to.deep.equal(expected);
            const mergeable = await each.readBuckets({ action: 'a', ...range });
            expect(
              mergeable.buckets.map(({ start, end, ...bucket }) => ({ start, end, ...summarise(bucket) })),
            ).to.deep.equal(expected.buckets);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are refused for a zone that does not exist', async () => {
    const reader = createMetricsReader({ store: new MemoryMetricsStore(), now: () => START });
    const query = { action: 'a', from: 0, to: HOUR, interval: 'hour', timeZone: 'Mars/Base' } as const;
    const refused = await reader.readSeries(query).catch((error: Error) => error.message);
    expect(refused).to.equal('there is no time zone Mars/Base');
  });
});
