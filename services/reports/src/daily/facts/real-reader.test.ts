import { addDays, type LocalDay } from '@weir/calendar';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { append, countingEntry, foldRows, raise } from '@weir/dynamodb/memory/counted';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { expect } from 'chai';
import fc from 'fast-check';
import { MemoryCountsReader } from '../../testing/memory-counts-reader.ts';
import { calendarOf } from '../calendar-of.ts';
import { readDays } from './read-days.ts';

const HOUR_MS = 3_600_000;
const LOG = '1.0';
const ACTIONS = ['a', 'b', 'c'];
/** Days on which the clocks of some zone change, each with that zone and one whose hours begin at other minutes. */
const CASES = [
  ['2026-03-10', 'America/New_York'],
  ['2026-11-03', 'America/New_York'],
  ['2026-04-07', 'Australia/Lord_Howe'],
  ['2026-10-06', 'Australia/Lord_Howe'],
  ['2026-01-20', 'Asia/Kathmandu'],
  ['2026-01-20', 'UTC'],
] as const;

const anyEvent = fc.record({
  action: fc.constantFrom(...ACTIONS),
  hour: fc.integer({ min: -20, max: 9 * 24 }),
  within: fc.nat({ max: HOUR_MS - 1 }),
  value: fc.integer({ min: -50, max: 50 }),
  userId: fc.constantFrom('ann', 'bob', 'cid', 'dan'),
});

describe('the counts of days, by the reader of metrics', function () {
  this.timeout(60_000);

  it('are those of the events, in any zone, folded or not', async () => {
    const batches = fc.array(fc.array(anyEvent, { minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 6 });
    const property = fc.asyncProperty(
      fc.constantFrom(...CASES),
      batches,
      fc.nat({ max: 6 }),
      async (day, sent, folded) => {
        const [date, timeZone] = day;
        const calendar = calendarOf(timeZone);
        const days = Array.from({ length: 8 }, (_, i) => calendar.localDay(addDays(date, i - 7))).filter(
          (one): one is LocalDay => one !== undefined,
        );
        const start = days[0]?.from ?? 0;
        const events = sent.map((batch) =>
          batch.map(({ hour, within, ...event }) => ({
            ...event,
            at: start + hour * HOUR_MS + within,
            arrival: start,
          })),
        );
        const store = new MemoryMetricsStore();
        await store.register(LOG, []);
        for (const [number, batch] of events.entries()) {
          await append(store, LOG, countingEntry(number, batch, start));
          if (number !== folded) continue;
          for (const action of ACTIONS) await foldRows(store, LOG, action);
          await raise(store, LOG, number);
        }
        const reader = createMetricsReader({ store, now: () => start });
        const found = await readDays(reader, { days, calendar });
        expect(found).to.deep.equal(await readDays(new MemoryCountsReader(events.flat()), { days, calendar }));
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });
});
