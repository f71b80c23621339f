import type { Bucket } from '@weir/dynamodb';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { expect } from 'chai';
import { type CountedPeriod, countPeriods, distinctUsers, localTimes } from './ask-duckdb.ts';
import { type CountedFlights, sketchOf } from './counted-flights.ts';
import { ACTION_NAMES } from './flights.ts';

/** Whole hours; summer time; 45 minutes; and summer time of half an hour, so that half of its days have half hours. */
const ZONES = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
const UNITS = ['day', 'week', 'month'] as const;
const PERIODS = ZONES.flatMap((timeZone) => UNITS.map((unit) => ({ unit, timeZone })));
/** Before the first flight in every zone, also rounded to months. */
const FROM = Date.UTC(2025, 4, 25);
const NOW = Date.UTC(2026, 6, 1);
const HOUR_MS = 3_600_000;
/** The standard error of a HyperLogLog of this size is 2.3 %; this is four of them. */
const USERS_ERROR = 0.09;
const PERCENTILE_ERROR = 0.02;

/** Compares the metrics of each day, week and month with what DuckDB counts. */
export function describeSeries(flights: () => CountedFlights): void {
  for (const periods of PERIODS) {
    const { unit, timeZone } = periods;
    describe(`by ${unit} in ${timeZone}`, () => {
      /** Buckets by date and action; the date is DuckDB's. */
      const buckets = new Map<string, Bucket>();
      let starts: number[];
      let expected: CountedPeriod[];

      before(async () => {
        const { connection, store } = flights();
        const reader = createMetricsReader({ store, now: () => NOW });
        const read = await Promise.all(
          ACTION_NAMES.map(async (action) => {
            const query = { action, from: FROM, to: NOW, interval: unit, timeZone };
            return (await reader.readSeries(query)).buckets.map((bucket) => ({ action, bucket }));
          }),
        );
        starts = [...new Set(read.flat().map(({ bucket }) => bucket.start))].sort((a, b) => a - b);
        const times = await localTimes(connection, timeZone, starts);
        const dates = new Map(starts.map((start, n) => [start, times[n]?.slice(0, 10)]));
        for (const { action, bucket } of read.flat()) buckets.set(`${dates.get(bucket.start)} ${action}`, bucket);
        expected = await countPeriods(connection, periods);
      });

      it('has a bucket for each period and action, which begins at the first instant of its date', async () => {
        expect([...buckets.keys()].sort()).to.deep.equal(
          expected.map(({ date, action }) => `${date} ${action}`).sort(),
        );
        const before = await localTimes(
          flights().connection,
          timeZone,
          starts.map((start) => start - 1),
        );
        const at = await localTimes(flights().connection, timeZone, starts);
        for (const [n, time] of at.entries()) {
          expect(time.slice(0, 10) > (before[n] ?? '').slice(0, 10), time).to.equal(true);
        }
      });

      it('has the same counts, sums, least and greatest values', () => {
        for (const { date, action, count, sum, min, max } of expected) {
          const bucket = buckets.get(`${date} ${action}`);
          const { count: c, sum: s, min: least, max: greatest } = bucket ?? {};
          expect([date, action, c, s, least, greatest]).to.deep.equal([date, action, count, sum, min, max]);
        }
      });

      it('has users and percentiles where both ends of the period are whole hours', () => {
        for (const [key, { start, users, p50, p95, p99 }] of buckets) {
          const end = starts[starts.indexOf(start) + 1] ?? start;
          const isWhole = start % HOUR_MS === 0 && end % HOUR_MS === 0;
          for (const figure of [users, p50, p95, p99]) expect(figure !== null, key).to.equal(isWhole);
        }
      });

      it('has the users of a sketch of the distinct ids, near the true number', async () => {
        if ([...buckets.values()].every(({ users }) => users === null)) return;
        for await (const { date, action, users } of distinctUsers(flights().connection, periods)) {
          const found = buckets.get(`${date} ${action}`)?.users ?? null;
          if (found === null) continue;
          expect([date, action, found]).to.deep.equal([date, action, sketchOf(users).estimate()]);
          expect(found / users.length).to.be.closeTo(1, USERS_ERROR);
        }
      });

      it('has percentiles within 2 % of the values at their ranks', () => {
        for (const { date, action, atRanks } of expected) {
          const { p50 = null, p95 = null, p99 = null } = buckets.get(`${date} ${action}`) ?? {};
          for (const [n, found] of [p50, p95, p99].entries()) {
            const value = atRanks[n] ?? Number.NaN;
            if (found !== null) {
              expect(found, `${date} ${action}`).to.be.closeTo(value, Math.abs(value) * PERCENTILE_ERROR);
            }
          }
        }
      });
    });
  }
}
