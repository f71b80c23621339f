import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { MemoryObjectStore } from '@weir/archive/memory';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { calendarOf } from '@weir/reports/src/daily/calendar-of.ts';
import type { SummaryAction, SummaryDay } from '@weir/reports/src/kinds/results.ts';
import { createSummaryKind } from '@weir/reports/src/kinds/summary/summary-kind.ts';
import { renderJob } from '@weir/reports/src/render/jobs/render-job.ts';
import { expect } from 'chai';
import { type CountedPeriod, countDates, countPeriods, distinctUsers, usersOfDates } from './ask-duckdb.ts';
import { type CountedFlights, sketchOf } from './counted-flights.ts';

const NOW = Date.UTC(2026, 6, 1);
const FOLDER = 'jobs/summary-1/cut/';
const PERCENTILE_ERROR = 0.02;

/** Each with a change of clocks in it, where the zone has any. On Lord Howe, half of the days have half hours. */
const SUMMARIES = [
  { timeZone: 'America/New_York', first: '2025-10-15', last: '2025-12-31', from: '2025-10-15T04:00Z', hasUsers: true },
  { timeZone: 'Asia/Kathmandu', first: '2026-01-01', last: '2026-02-14', from: '2025-12-31T18:15Z', hasUsers: false },
  {
    timeZone: 'Australia/Lord_Howe',
    first: '2025-09-20',
    last: '2025-11-10',
    from: '2025-09-19T13:30Z',
    hasUsers: false,
  },
] as const;
const ENDS = {
  '2025-12-31': '2026-01-01T05:00Z',
  '2026-02-14': '2026-02-14T18:15Z',
  '2025-11-10': '2025-11-10T13:00Z',
};

/** What `report.json` of a summary has. */
interface SummaryJson {
  readonly total: { readonly count: number; readonly users: number | null };
  readonly actions: readonly SummaryAction[];
  readonly days: readonly SummaryDay[];
}

/** Compares summaries of some weeks with what DuckDB counts. */
export function describeSummaries(flights: () => CountedFlights): void {
  for (const { timeZone, first, last, from, hasUsers } of SUMMARIES) {
    describe(`the days from ${first} to ${last} in ${timeZone}`, () => {
      const dates = { timeZone, first, last };
      let summary: SummaryJson;
      let expected: readonly CountedPeriod[];

      before(async () => {
        summary = await summarise(flights(), { timeZone, from: Date.parse(from), to: Date.parse(ENDS[last]) });
        expected = await countDates(flights().connection, dates);
      });

      it('have the counts, sums, least and greatest values of each action', () => {
        expect(figuresOf(summary.actions)).to.have.deep.members(figuresOf(expected));
        expect(summary.total.count).to.equal(expected.reduce((sum, { count }) => sum + count, 0));
      });

      it(`have ${hasUsers ? 'the' : 'no'} users and percentiles of each action, and users of all`, async () => {
        const users = await usersOfDates(flights().connection, dates);
        const all = new Set([...users.values()].flat());
        expect(summary.total.users).to.equal(hasUsers ? sketchOf(all).estimate() : null);
        for (const { action, users: found, p50, p95, p99 } of summary.actions) {
          expect([action, found]).to.deep.equal([
            action,
            hasUsers ? sketchOf(users.get(action) ?? []).estimate() : null,
          ]);
          const { atRanks = [] } = expected.find((one) => one.action === action) ?? {};
          for (const [n, percentile] of [p50, p95, p99].entries()) {
            const value = atRanks[n] ?? Number.NaN;
            if (!hasUsers) expect(percentile).to.equal(null);
            else expect(percentile).to.be.closeTo(value, Math.abs(value) * PERCENTILE_ERROR);
          }
        }
      });

      it('have a row for each day and action, with its figures', async () => {
        const counted = await countPeriods(flights().connection, { unit: 'day', timeZone });
        const inside = counted.filter(({ date }) => date >= first && date <= last);
        const withDate = (rows: readonly (CountedPeriod | SummaryDay)[]) =>
          rows.map((row) => [row.date, ...(figuresOf([row])[0] ?? [])].join());
        expect(withDate(summary.days).sort()).to.deep.equal(withDate(inside).sort());
      });

      it('have the users of each day that is of whole hours', async () => {
        const found = new Map(summary.days.map(({ date, action, users }) => [`${date} ${action}`, users]));
        const range = { from: Date.parse(from), to: Date.parse(ENDS[last]) };
        let known = 0;
        for await (const { date, action, users } of distinctUsers(
          flights().connection,
          { unit: 'day', timeZone },
          range,
        )) {
          const counted = found.get(`${date} ${action}`);
          if (counted === null) continue;
          known++;
          expect([date, action, counted]).to.deep.equal([date, action, sketchOf(users).estimate()]);
        }
        expect(known > 0).to.equal(timeZone !== 'Asia/Kathmandu');
      });
    });
  }
}

/** Runs all parts of a summary, and reads its `report.json`. */
async function summarise(
  { store }: CountedFlights,
  range: { readonly timeZone: string; readonly from: number; readonly to: number },
): Promise<SummaryJson> {
  const reader = createMetricsReader({ store, now: () => NOW });
  const files = new MemoryObjectStore(() => 0);
  const kind = createSummaryKind({ reader, files, calendarOf, now: () => NOW }, renderJob);
  const question = { kind: 'summary', actions: undefined, ...range } as const;
  const job = { id: 'summary-1', question, folder: FOLDER, ...(await kind.plan(question, FOLDER)) };
  for (let part = 0; part < (job.phases[0] ?? 0); part++) await kind.run(job, part);
  return (await json(Readable.from((await kind.assemble(job)).json))) as SummaryJson;
}

type Figures = Pick<CountedPeriod, 'action' | 'count' | 'sum' | 'min' | 'max'>;

function figuresOf(rows: readonly Figures[]): unknown[][] {
  return rows.map(({ action, count, sum, min, max }) => [action, count, sum, min, max]);
}
