import { calendarOf } from '@weir/reports/src/daily/calendar-of.ts';
import { createRetentionMethod } from '@weir/reports/src/kinds/retention/retention-method.ts';
import { renderJob } from '@weir/reports/src/render/jobs/render-job.ts';
import { expect } from 'chai';
import type { CountedFlights } from './counted-flights.ts';
import { runByUser } from './run-by-user.ts';
import { createVisits, openVisits } from './visit-archive.ts';

/** Each begins and ends in the middle of a week, with a change of clocks between, where the zone has any. */
const RETENTIONS = [
  { timeZone: 'America/New_York', from: '2025-10-15T04:00Z', to: '2025-11-21T05:00Z', actions: undefined },
  { timeZone: 'Asia/Kathmandu', from: '2025-12-24T18:15Z', to: '2026-01-20T11:30Z', actions: ['flight.1', 'flight.3'] },
  { timeZone: 'Australia/Lord_Howe', from: '2025-09-24T13:30Z', to: '2025-10-23T13:00Z', actions: ['flight.2'] },
];

const WEEK = `date_trunc('week', timezone($timeZone, timezone('UTC', time)))`;

/** Compares retentions of some weeks with what DuckDB counts. */
export function describeRetention(flights: () => CountedFlights): void {
  for (const { timeZone, from, to, actions } of RETENTIONS) {
    it(`from ${from} to ${to} in ${timeZone} has the users of each cohort and week`, async () => {
      const { connection } = flights();
      const range = { from: Date.parse(from), to: Date.parse(to) };
      // What is outside the range is in the table, and in the archive.
      await createVisits(connection, { from: range.from - 86_400_000, to: range.to + 86_400_000 });
      const counted = await connection.runAndReadAll(
        `with asked as (select user_id, ${WEEK} as week from visits
           where time >= make_timestamp(1000 * $from::bigint) and time < make_timestamp(1000 * $to::bigint)
           and ($actions = '' or list_contains(string_split($actions, ','), action))),
         weeks as (select distinct user_id, week, min(week) over (partition by user_id) as first from asked
           where user_id is not null)
         select strftime(first, '%G-W%V'), date_diff('day', first, week) // 7, count(*) from weeks group by all
         union all select '', 0, count(*) from asked where user_id is null order by all`,
        { timeZone, from: BigInt(range.from), to: BigInt(range.to), actions: actions?.join() ?? '' },
      );
      const question = { kind: 'retention', ...range, timeZone, actions } as const;
      const reader = openVisits(connection, range.to + 86_400_000);
      const found = await runByUser({ reader, question }, createRetentionMethod({ calendarOf, render: renderJob }));
      expect(rowsOf(found as RetentionJson)).to.deep.equal(
        counted.getRowsJS().map(([week, later, users]) => [String(week), Number(later), Number(users)]),
      );
    }).timeout(60_000);
  }
}

interface RetentionJson {
  readonly cohorts: readonly { readonly week: string; readonly size: number; readonly active: readonly number[] }[];
  readonly erasedEvents: number;
}

/** The events of erased people first, then the users of each cohort in each week that has any. */
function rowsOf({ cohorts, erasedEvents }: RetentionJson): unknown[] {
  for (const { size, active } of cohorts) expect(active[0]).to.equal(size);
  const rows = cohorts.flatMap(({ week, active }) => active.map((users, later) => [week, later, users]));
  return [['', 0, erasedEvents], ...rows.filter(([, , users]) => users !== 0)];
}
