import type { DuckDBConnection } from '@duckdb/node-api';
import { createFunnelMethod } from '@weir/reports/src/kinds/funnel/funnel-method.ts';
import { renderJob } from '@weir/reports/src/render/jobs/render-job.ts';
import { expect } from 'chai';
import type { CountedFlights } from './counted-flights.ts';
import { runByUser } from './run-by-user.ts';
import { createVisits, openVisits } from './visit-archive.ts';

const DAY_SECONDS = 86_400;

/** Days of each zone, with a change of clocks between, where the zone has any. */
const FUNNELS = [
  {
    ...{ timeZone: 'America/New_York', from: '2025-10-31T04:00Z', to: '2025-11-11T05:00Z' },
    ...{ steps: ['flight.0', 'flight.1', 'flight.2'], windowSeconds: 5 * DAY_SECONDS },
  },
  {
    ...{ timeZone: 'Asia/Kathmandu', from: '2026-01-09T18:15Z', to: '2026-01-23T18:15Z' },
    ...{ steps: ['flight.3', 'flight.3', 'flight.4', 'flight.3'], windowSeconds: 10 * DAY_SECONDS },
  },
  {
    ...{ timeZone: 'Australia/Lord_Howe', from: '2025-10-01T13:30Z', to: '2025-10-12T13:00Z' },
    ...{ steps: ['flight.4', 'flight.0'], windowSeconds: 7200 },
  },
];

/** Compares funnels of some days with what DuckDB counts. */
export function describeFunnels(flights: () => CountedFlights): void {
  for (const { timeZone, from, to, steps, windowSeconds } of FUNNELS) {
    it(`${steps.join(', ')} within ${windowSeconds} s in ${timeZone} has the users of each step`, async () => {
      const { connection } = flights();
      const range = { from: Date.parse(from), to: Date.parse(to) };
      const end = range.to + (windowSeconds + DAY_SECONDS) * 1000;
      await createVisits(connection, { from: range.from - DAY_SECONDS * 1000, to: end });
      const question = { kind: 'funnel', ...range, timeZone, actions: undefined, steps, windowSeconds } as const;
      const reader = openVisits(connection, end);
      const found = (await runByUser({ reader, question }, createFunnelMethod({ render: renderJob }))) as FunnelJson;
      const expected = await countSteps(connection, { ...range, steps, windowSeconds });
      expect(expected.at(-1)).to.be.above(0);
      expect([...found.steps.map(({ users }) => users), found.erasedEvents]).to.deep.equal([
        ...expected,
        await countErased(connection, { ...range, steps, windowSeconds }),
      ]);
    }).timeout(60_000);
  }
}

interface FunnelJson {
  readonly steps: readonly { readonly users: number }[];
  readonly erasedEvents: number;
}

interface Funnel {
  readonly from: number;
  readonly to: number;
  readonly steps: readonly string[];
  readonly windowSeconds: number;
}

const FROM = 'make_timestamp(1000 * $from::bigint)';
const TO = 'make_timestamp(1000 * $to::bigint)';

/** Goes from each start to the earliest event of each next step, and counts the users who get there. */
async function countSteps(connection: DuckDBConnection, { from, to, steps, windowSeconds }: Funnel): Promise<number[]> {
  const levels = steps.map((action, step) =>
    step === 0
      ? `step0 as (select user_id, time as start, place from placed where action = '${action}' and time < ${TO})`
      : `step${step} as (select s.user_id, s.start, min(e.place) as place from step${step - 1} s join placed e
          on e.user_id = s.user_id and e.action = '${action}' and e.place > s.place
          and e.time <= s.start + to_seconds(${windowSeconds}) group by s.user_id, s.start, s.place)`,
  );
  const result = await connection.runAndReadAll(
    `with placed as materialized (select user_id, action, time, row_number() over (order by time, log, n) as place
       from visits where user_id is not null and time >= ${FROM}), ${levels.join(', ')}
     ${steps.map((_, step) => `select ${step} as step, count(distinct user_id) from step${step}`).join(' union all ')}
     order by step`,
    { from: BigInt(from), to: BigInt(to) },
  );
  return result.getRowsJS().map(([, users]) => Number(users));
}

async function countErased(connection: DuckDBConnection, { from, to, steps, windowSeconds }: Funnel): Promise<number> {
  const result = await connection.runAndReadAll(
    `select count(*) from visits where user_id is null and time >= ${FROM}
       and time < ${TO} + to_seconds(${windowSeconds}) and action in (${steps.map((step) => `'${step}'`).join()})`,
    { from: BigInt(from), to: BigInt(to) },
  );
  return Number(result.getRowsJS()[0]?.[0]);
}
