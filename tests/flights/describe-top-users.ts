import { zoneCalendar } from '@weir/calendar';
import { type TopUsersResult, topUsersMethod } from '@weir/reports/src/kinds/top-users/top-users-method.ts';
import { expect } from 'chai';
import type { CountedFlights } from './counted-flights.ts';
import { runByUser } from './run-by-user.ts';
import { createVisits, openVisits } from './visit-archive.ts';

/** Days with a change of clocks, where the zone has any. */
const DAYS = [
  { timeZone: 'America/New_York', date: '2025-11-02' },
  { timeZone: 'Asia/Kathmandu', date: '2026-01-20' },
  { timeZone: 'Australia/Lord_Howe', date: '2025-10-05' },
];
const DAY_MS = 86_400_000;

/** Compares the top users of some days with what DuckDB counts. */
export function describeTopUsers(flights: () => CountedFlights): void {
  for (const { timeZone, date } of DAYS) {
    it(`of ${date} in ${timeZone} are those with the most events`, async () => {
      const { connection } = flights();
      const day = zoneCalendar(timeZone)?.localDay(date);
      if (!day) throw new Error(`no ${date} in ${timeZone}`);
      const { from, to } = day;
      await createVisits(connection, { from: from - DAY_MS, to: to + DAY_MS });
      const counted = await connection.runAndReadAll(
        `select user_id, count(*) from visits
         where time >= make_timestamp(1000 * $from::bigint) and time < make_timestamp(1000 * $to::bigint)
         group by user_id order by count(*) desc, user_id`,
        { from: BigInt(from), to: BigInt(to) },
      );
      const rows = counted.getRowsJS().map(([userId, count]) => ({ userId, count: Number(count) }));
      const users = rows.filter(({ userId }) => userId !== null);
      const question = { kind: 'users', from, to, timeZone, actions: undefined } as const;
      const found = (await runByUser(
        { reader: openVisits(connection, to + DAY_MS), question },
        topUsersMethod,
      )) as TopUsersResult;
      expect(found).to.deep.equal({
        top: users.slice(0, 10),
        counted: users.reduce((sum, { count }) => sum + count, 0),
        erasedEvents: rows.find(({ userId }) => userId === null)?.count ?? 0,
      });
      expect(found.top).to.have.length(10);
    }).timeout(60_000);
  }
}
