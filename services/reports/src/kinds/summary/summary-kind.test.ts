import { MemoryObjectStore } from '@weir/archive/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { append, type CountedEvent, countingEntry, foldRows, raise } from '@weir/dynamodb/memory/counted';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { expect } from 'chai';
import fc from 'fast-check';
import { calendarOf } from '../../daily/calendar-of.ts';
import type { RunningJob } from '../../jobs/job-kind.ts';
import type { SummaryDay, SummaryFigures, SummaryResult } from '../results.ts';
import { createSummaryKind } from './summary-kind.ts';

const HOUR_MS = 3_600_000;
const LOG = '1.0';
const DAY = Date.UTC(2026, 0, 5);
const ACTIONS = ['a', 'b', 'c'];
const FOLDER = 'jobs/summary-1/cut/';
/** Ranges in which clocks change, and zones whose hours begin at other minutes. */
const STARTS = ['2026-03-06', '2026-10-30', '2026-04-03'];
const ZONES = ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];

const anyEvent = fc.record({
  action: fc.constantFrom(...ACTIONS),
  hour: fc.integer({ min: -30, max: 6 * 24 }),
  within: fc.nat({ max: HOUR_MS - 1 }),
  value: fc.integer({ min: -5000, max: 5000 }).map((cents) => cents / 100),
  userId: fc.integer({ min: 0, max: 500 }).map(String),
});

const anyCase = fc.record({
  date: fc.constantFrom(...STARTS),
  timeZone: fc.constantFrom(...ZONES),
  /** Batches, and whether each is folded. */
  sent: fc.array(fc.tuple(fc.array(anyEvent, { minLength: 1, maxLength: 60 }), fc.boolean()), {
    minLength: 1,
    maxLength: 4,
  }),
  first: fc.nat({ max: 72 }),
  hours: fc.integer({ min: 1, max: 100 }),
});

/** What `GET /v1/metrics/{action}` answers for the days of a range. */
async function answersOf(store: MemoryMetricsStore, { timeZone, from, to }: Range) {
  const reader = createMetricsReader({ store, now: () => 0 });
  const calendar = calendarOf(timeZone);
  const range = { ...calendar.roundRange({ from, to, interval: 'day' }), interval: 'day' } as const;
  const actions = ACTIONS.map(async (action) => {
    const { total, buckets, asOf } = await reader.readSeries({ action, ...range, timeZone });
    const days = buckets.map(({ start, end: _, ...bucket }) => [calendar.localDayAt(start).date, bucket]);
    return { action, total, days, asOf };
  });
  const dates = calendar.bucketStarts(range).map((start) => calendar.localDayAt(start).date);
  return { dates, actions: await Promise.all(actions) };
}

interface Range {
  readonly timeZone: string;
  readonly from: number;
  readonly to: number;
}

interface Stage {
  readonly store: MemoryMetricsStore;
  readonly count: (events: readonly CountedEvent[], isFolded: boolean) => Promise<void>;
}

async function openStage(): Promise<Stage> {
  const store = new MemoryMetricsStore();
  await store.register(LOG, []);
  let number = 0;
  return {
    store,
    count: async (events, isFolded) => {
      await append(store, LOG, countingEntry(number, events));
      if (isFolded) {
        for (const action of ACTIONS) await foldRows(store, LOG, action);
        await raise(store, LOG, number);
      }
      number++;
    },
  };
}

/** A kind whose files are not made: the result itself is looked at. */
function openKind(store: MemoryMetricsStore, files = new MemoryObjectStore(() => 0), now = 0) {
  let result: SummaryResult | undefined;
  const kind = createSummaryKind(
    { reader: createMetricsReader({ store, now: () => 0 }), files, calendarOf, now: () => now },
    async (job) => {
      result = job.result;
      return none;
    },
  );
  const assemble = async (job: RunningJob) => {
    await kind.assemble(job);
    if (!result) throw new Error('nothing was made');
    const days: SummaryDay[] = [];
    for await (const some of result.days()) days.push(...some);
    return { ...result, days };
  };
  return { kind, files, assemble };
}

async function* nothing() {}
const none = { json: nothing(), csv: nothing(), html: nothing() };

async function begin({ kind }: ReturnType<typeof openKind>, asked: Partial<RunningJob['question']>) {
  const question = { kind: 'summary', timeZone: 'UTC', actions: undefined, from: 0, to: 1, ...asked } as const;
  const job = { id: 'summary-1', question, folder: FOLDER, ...(await kind.plan(question, FOLDER)) };
  return { job, parts: Array.from({ length: job.phases[0] ?? 0 }, (_, part) => part) };
}

describe('a summary', function () {
  this.timeout(60_000);

  it('has the figures that the API answers for the same range and zone, in all, by action and by day', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ date, timeZone, sent, first, hours }) => {
        const start = Date.parse(`${date}T00:00Z`);
        const { store, count } = await openStage();
        for (const [events, isFolded] of sent) {
          const times = events.map(({ hour, within, ...event }) => ({ ...event, at: start + hour * HOUR_MS + within }));
          await count(times, isFolded);
        }
        const range = { from: start + first * HOUR_MS, to: start + (first + hours) * HOUR_MS };
        const opened = openKind(store);
        const { job, parts } = await begin(opened, { ...range, timeZone });
        for (const part of parts.toReversed()) await opened.kind.run(job, part);
        const found = await opened.assemble(job);
        const answers = await answersOf(store, { ...range, timeZone });
        expect(found.dates.map(({ date: day }) => day)).to.deep.equal(answers.dates);
        for (const { action, total, days, asOf } of answers.actions) {
          const whole = found.actions.filter((one) => one.action === action).map(figures);
          expect(whole).to.deep.equal(total ? [total] : []);
          const own = found.days.filter((row) => row.action === action);
          expect(own.map((row) => [row.date, figures(row)])).to.deep.equal(days);
          expect(found.asOf).to.equal(asOf);
        }
        const all = answers.actions.reduce((sum, { total }) => sum + (total?.count ?? 0), 0);
        expect(found.total.count).to.equal(all);
        expect(found.dates.reduce((sum, day) => sum + day.count, 0)).to.equal(all);
      }),
      { numRuns: 120 },
    );
  });

  const at = (day: number, action: string, userId: string) => ({ action, at: DAY + day * 24 * HOUR_MS, userId });

  it('counts a user of several days and actions once', async () => {
    const { store, count } = await openStage();
    await count([at(0, 'a', 'ann'), at(1, 'a', 'ann'), at(1, 'b', 'ann'), at(2, 'b', 'bob')], true);
    const opened = openKind(store);
    const { job, parts } = await begin(opened, { from: DAY, to: DAY + 72 * HOUR_MS });
    for (const part of parts) await opened.kind.run(job, part);
    const { total, actions, dates } = await opened.assemble(job);
    expect(total).to.deep.equal({ count: 4, users: 2 });
    expect(actions.map(({ action, users }) => [action, users])).to.deep.equal([
      ['a', 1],
      ['b', 2],
    ]);
    expect(dates.map(({ count: counted }) => counted)).to.deep.equal([1, 2, 1]);
  });

  it('has what the first run of a part has read, however often it runs, and the earliest asOf', async () => {
    const { store, count } = await openStage();
    await count([at(0, 'a', 'ann'), at(1, 'a', 'ann')], false);
    const opened = openKind(store);
    const { job } = await begin(opened, { from: DAY, to: DAY + 48 * HOUR_MS });
    await opened.kind.run(job, 0);
    await count([at(0, 'a', 'bob'), at(1, 'a', 'bob'), at(1, 'b', 'bob')], false);
    await opened.kind.run(job, 1);
    const files = () => [...opened.files.objects].map(([key, { bytes }]) => [key, Buffer.from(bytes).toString('hex')]);
    const before = files();
    await Promise.all([0, 1, 0].map((part) => opened.kind.run(job, part)));
    expect(files()).to.deep.equal(before);
    const { actions, dates, asOf } = await opened.assemble(job);
    expect(dates.map(({ count: counted }) => counted)).to.deep.equal([1, 2]);
    // The plan has the actions that were known when the cut was fixed.
    expect(actions.map(({ action, count: counted }) => [action, counted])).to.deep.equal([['a', 3]]);
    expect(asOf).to.equal(0);
  });

  it('finishes a part that died between its two files, from the first of them', async () => {
    const { store, count } = await openStage();
    await count([at(0, 'a', 'ann')], false);
    const opened = openKind(store);
    const { job } = await begin(opened, { from: DAY, to: DAY + 1 });
    await opened.kind.run(job, 0);
    const rows = [...opened.files.objects.keys()].find((key) => key.endsWith('0.json')) ?? '';
    opened.files.objects.delete(rows);
    await count([at(0, 'a', 'bob')], false);
    await opened.kind.run(job, 0);
    const { days, actions } = await opened.assemble(job);
    expect(days).to.have.length(1);
    expect([days[0]?.count, actions[0]?.count]).to.deep.equal([1, 1]);
  });

  it('has the actions that are asked for only, and no row for one that was not counted', async () => {
    const { store, count } = await openStage();
    await count([at(0, 'a', 'ann'), at(0, 'b', 'bob')], true);
    const opened = openKind(store);
    const { job } = await begin(opened, { from: DAY, to: DAY + 1, actions: ['b', 'none'] });
    await opened.kind.run(job, 0);
    const { actions, total } = await opened.assemble(job);
    expect(actions.map(({ action }) => action)).to.deep.equal(['b']);
    expect(total).to.deep.equal({ count: 1, users: 1 });
  });

  it('of a range without events says up to when there were none; of a stage without any, null', async () => {
    const { store, count } = await openStage();
    const assembled = async () => {
      const opened = openKind(store);
      const { job } = await begin(opened, { from: 0, to: 1 });
      await opened.kind.run(job, 0);
      return opened.assemble(job);
    };
    const empty = { total: { count: 0, users: 0 }, actions: [], days: [], dates: [{ date: '1970-01-01', count: 0 }] };
    expect(await assembled()).to.deep.equal({ kind: 'summary', ...empty, asOf: null });
    await count([at(0, 'a', 'ann')], true);
    expect(await assembled()).to.deep.equal({ kind: 'summary', ...empty, asOf: 0 });
  });

  it('refuses local days whose hours are no longer kept; days of UTC stay', async () => {
    const { store } = await openStage();
    const opened = openKind(store, undefined, DAY + 401 * 24 * HOUR_MS);
    const range = { from: DAY, to: DAY + 24 * HOUR_MS };
    expect((await begin(opened, range)).parts).to.have.length(1);
    const reason = await begin(opened, { ...range, timeZone: 'Asia/Kathmandu' }).catch((error) => error.reason);
    expect(reason).to.equal('hours-not-kept');
    const later = { from: DAY + 48 * HOUR_MS, to: DAY + 72 * HOUR_MS, timeZone: 'Asia/Kathmandu' };
    expect((await begin(opened, later)).parts).to.have.length(2);
  });

  it('reads its plan once for all parts, also beside three other jobs', async () => {
    const { store } = await openStage();
    const opened = openKind(store);
    const { job, parts } = await begin(opened, { from: DAY, to: DAY + 72 * HOUR_MS });
    const folders = [0, 1, 2, 3, 4].map((at) => `jobs/summary-${at}/cut/`);
    for (const folder of folders) await opened.kind.plan(job.question, folder);
    const { find } = opened.files;
    const read: string[] = [];
    opened.files.find = (key) => {
      if (key.includes('plan')) read.push(key);
      return find.call(opened.files, key);
    };
    const run = async (some: readonly string[]) => {
      for (const part of parts) for (const folder of some) await opened.kind.run({ ...job, folder }, part);
      return read.splice(0).length;
    };
    expect(await run(folders.slice(0, 4))).to.equal(4);
    expect(await run(folders.slice(4))).to.equal(1);
    expect(await run(folders.slice(1))).to.equal(0);
    expect(await run(folders.slice(0, 1))).to.equal(1);
  });

  it('refuses a part that the plan does not have, and a folder without a plan', async () => {
    const { store } = await openStage();
    const opened = openKind(store);
    const { job } = await begin(opened, { from: 0, to: 1 });
    const messageOf = (error: Error) => error.message;
    expect(await opened.kind.run(job, 1).catch(messageOf)).to.equal('a summary of 1 days has no part 1');
    const missing = await opened.kind.assemble({ ...job, folder: 'jobs/x/' }).catch(messageOf);
    expect(missing).to.equal('there is no plan in jobs/x/');
  });
});

function figures({ count, sum, min, max, users, p50, p95, p99 }: SummaryFigures) {
  return { count, sum, min, max, users, p50, p95, p99 };
}
