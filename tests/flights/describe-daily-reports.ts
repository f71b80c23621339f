import { addDays, zoneCalendar } from '@weir/calendar';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { compareDays } from '@weir/reports/src/daily/facts/compare-days.ts';
import { type DaysRead, readDays } from '@weir/reports/src/daily/facts/read-days.ts';
import { expect } from 'chai';
import { type CountedPeriod, countHours, countPeriods, distinctUsers, localTimes } from './ask-duckdb.ts';
import { type CountedFlights, sketchOf } from './counted-flights.ts';

const NOW = Date.UTC(2026, 6, 1);
const HOUR_MS = 3_600_000;
const DAYS = 8;

/** The last days of reports: each with a change of clocks among the eight days, where the zone has any. */
const REPORTS = [
  { timeZone: 'UTC', lastDate: '2025-12-31' },
  { timeZone: 'America/New_York', lastDate: '2025-11-05' },
  { timeZone: 'America/New_York', lastDate: '2026-03-08' },
  { timeZone: 'Asia/Kathmandu', lastDate: '2026-02-01' },
  { timeZone: 'Australia/Lord_Howe', lastDate: '2025-10-05' },
  { timeZone: 'Australia/Lord_Howe', lastDate: '2026-04-08' },
];

/** Compares the facts of daily reports with what DuckDB counts. */
export function describeDailyReports(flights: () => CountedFlights): void {
  for (const { timeZone, lastDate } of REPORTS) {
    describe(`the eight days up to ${lastDate} in ${timeZone}`, () => {
      let read: DaysRead;
      let range: { from: number; to: number };
      let expected: Map<string, CountedPeriod[]>;

      before(async () => {
        const { connection, store } = flights();
        const calendar = zoneCalendar(timeZone);
        if (!calendar) throw new Error(`no zone ${timeZone}`);
        const days = Array.from({ length: DAYS }, (_, n) => calendar.localDay(addDays(lastDate, n + 1 - DAYS)));
        const reader = createMetricsReader({ store, now: () => NOW });
        read = await readDays(reader, { days: days.filter((day) => day !== undefined), calendar });
        range = { from: read.days[0]?.day.from ?? 0, to: read.days.at(-1)?.day.to ?? 0 };
        expected = Map.groupBy(await countPeriods(connection, { unit: 'day', timeZone }), ({ date }) => date);
      });

      it('have the counts, sums, least and greatest values, and means of each action', () => {
        for (const { day, actions, total } of read.days) {
          const counted = expected.get(day.date) ?? [];
          const figures = counted.map(({ action, count, sum, min, max }) => [
            action,
            count,
            sum,
            min,
            max,
            sum / count,
          ]);
          const found = actions.map(({ action, count, sum, min, max, mean }) => [action, count, sum, min, max, mean]);
          expect(found).to.have.deep.members(figures);
          expect(total.count).to.equal(counted.reduce((sum, { count }) => sum + count, 0));
        }
      });

      it('have the users of all actions together, where both ends of the day are whole hours', async () => {
        const users = new Map<string, Set<string>>();
        for await (const { date, users: some } of distinctUsers(
          flights().connection,
          { unit: 'day', timeZone },
          range,
        )) {
          users.set(date, new Set([...(users.get(date) ?? []), ...some]));
        }
        for (const { day, total } of read.days) {
          const isWhole = day.from % HOUR_MS === 0 && day.to % HOUR_MS === 0;
          expect(total.users).to.equal(isWhole ? sketchOf(users.get(day.date) ?? []).estimate() : null);
        }
      });

      it('have every local hour of the day, with its flights', async () => {
        const counted = await countHours(flights().connection, timeZone, range);
        for (const { day, hours, total } of read.days) {
          expect(hours.reduce((sum, { count }) => sum + count, 0)).to.equal(total.count);
          if (await changesByHalfAnHour(day)) continue;
          expect(hours.length).to.equal((day.to - day.from) / HOUR_MS);
          for (const { start, count } of hours) expect([start, count]).to.deep.equal([start, counted.get(start) ?? 0]);
        }
      });

      it('are compared with the day before and the mean of the seven', () => {
        const { previousDay, meanOfSeven } = compareDays(read, () => false);
        const counts = read.days.map(({ day }) =>
          (expected.get(day.date) ?? []).reduce((sum, { count }) => sum + count, 0),
        );
        expect(previousDay.total?.count).to.equal(counts.at(-2));
        const mean = counts.slice(0, -1).reduce((sum, count) => sum + count, 0) / (DAYS - 1);
        expect(meanOfSeven.total?.count).to.equal(mean);
      });

      async function changesByHalfAnHour({ from, to }: { from: number; to: number }): Promise<boolean> {
        const [first, last] = await localTimes(flights().connection, timeZone, [from, to]);
        return (to - from) % HOUR_MS !== 0 && first?.slice(11) === last?.slice(11);
      }
    });
  }
}
