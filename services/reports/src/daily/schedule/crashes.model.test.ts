import { latestKey, REPORT_FILES, type ReportFile, reportFileKey } from '@weir/dynamodb/reports';
import { silentLog, silentMeter } from '@weir/logging';
import { expect } from 'chai';
import fc from 'fast-check';
import { MemoryReports, plainRenderers } from '../../testing/memory-reports.ts';
import type { DailyReport } from '../daily-report.ts';
import { dailyId, type ReportDeps } from '../revisions/report-day.ts';
import type { CountedDay, TopUsersState } from '../top-users/top-users.ts';
import { reportByHand } from './report-by-hand.ts';
import { reportDueDays } from './report-due-days.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The end of the third day of events, when that is due. */
const START = Date.UTC(2026, 0, 22, 2);
const DATES = ['2026-01-19', '2026-01-20', '2026-01-21'];
/** Runs that are under way at once, begin in hours that follow each other, and die before one of their calls. */
const HOURS = 4;

/** A run of the function: of the schedule, or for a date. */
interface PlannedRun {
  readonly hour: number;
  readonly date: string | undefined;
  /** It dies after so many calls. */
  readonly lives: number;
  /** Before this call it stands still until a later hour: longer than a run of Lambda can. */
  readonly freezesAt: number;
  readonly thawsAfterHours: number;
}

/** An event that is counted in this hour, while runs are under way. */
interface PlannedEvent {
  readonly hour: number;
  readonly daysBack: number;
}

const plannedRun: fc.Arbitrary<PlannedRun> = fc.record({
  hour: fc.nat({ max: HOURS - 1 }),
  date: fc.option(fc.constantFrom(...DATES), { nil: undefined }),
  lives: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.constant(Number.POSITIVE_INFINITY)),
  freezesAt: fc.constant(Number.POSITIVE_INFINITY),
  thawsAfterHours: fc.constant(0),
});
const freezingRun = fc
  .tuple(plannedRun, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 3 }))
  .map(([run, freezesAt, thawsAfterHours]): PlannedRun => ({ ...run, freezesAt, thawsAfterHours }));
const plannedEvent: fc.Arbitrary<PlannedEvent> = fc.record({
  hour: fc.nat({ max: HOURS - 1 }),
  daysBack: fc.integer({ min: 1, max: 3 }),
});
const planOf = (run: fc.Arbitrary<PlannedRun>) =>
  fc.record({
    scheduler: fc.scheduler(),
    runs: fc.array(run, { minLength: 1, maxLength: 7 }),
    events: fc.array(plannedEvent, { maxLength: 5 }),
  });

type Plan = ReturnType<typeof planOf> extends fc.Arbitrary<infer T> ? T : never;

const FOREVER = Number.POSITIVE_INFINITY;
const UNDISTURBED = { lives: FOREVER, freezesAt: FOREVER, thawsAfterHours: 0 };

/** A stage, and what its runs did. */
class ModelledStage {
  readonly reports = new MemoryReports();
  /** Announcements whose run died before it could note them: one more may come. */
  lostNotes = 0;
  /** Faults that a run has shown while it went on. */
  readonly faults: string[] = [];

  constructor() {
    for (const daysBack of [3, 2, 1]) this.count(daysBack);
    this.reports.findTopUsers = async (day) => this.#findTopUsers(day);
  }

  count(daysBack: number): void {
    this.reports.events.push({ action: `a${daysBack}`, at: START - 2 * HOUR_MS - daysBack * DAY_MS });
  }

  /** Runs until it ends or dies. */
  async run(planned: Omit<PlannedRun, 'hour'>, turn: () => Promise<void>, untilThawed = turn): Promise<void> {
    const { date, lives, freezesAt } = planned;
    let calls = 0;
    let noted = 0;
    let announced = 0;
    const call = async () => {
      if (calls++ >= lives) {
        this.lostNotes += announced - noted;
        await new Promise(() => {});
      }
      await (calls === freezesAt ? untilThawed() : turn());
    };
    const deps = this.#watched(this.reports.deps(call), {
      announced: () => announced++,
      noted: () => {
        noted = announced;
      },
    });
    if (date !== undefined) await reportByHand(deps, date);
    else await reportDueDays({ ...deps, log: silentLog, meter: silentMeter }, Number.POSITIVE_INFINITY);
  }

  /** The same, and what must hold at each write is checked. */
  #watched(deps: ReportDeps, notes: { announced: () => void; noted: () => void }): ReportDeps {
    const { files, store, announce } = deps;
    const own: ReportDeps = {
      ...deps,
      announce: async (announcement) => {
        await announce(announcement);
        notes.announced();
        const missing = Object.values(announcement.files).filter((key) => this.reports.text(key) === undefined);
        if (missing.length > 0) this.faults.push(`announced without ${missing}`);
      },
    };
    own.files.put = async (key, bytes) => {
      await Object.getPrototypeOf(files).put.call(files, key, bytes);
      const before = this.#written.get(key) ?? bytes;
      if (Buffer.compare(before, bytes) !== 0) this.faults.push(`other bytes for ${key}`);
      this.#written.set(key, bytes);
    };
    own.store.finish = async (id, revision) => {
      await Object.getPrototypeOf(store).finish.call(store, id, revision);
      notes.noted();
      const latest = JSON.parse(this.reports.text(latestKey({ kind: 'daily', id })) ?? '{}') as { revision?: number };
      if ((latest.revision ?? 0) < revision) this.faults.push(`latest.json is behind r${revision} of ${id}`);
    };
    return own;
  }

  /** When jobs end, and with as many events as there were then. */
  readonly #jobs = new Map<string, { readonly endsAt: number; readonly events: number }>();

  /** A job takes less than an hour. Its cut may have events that came after the facts. */
  #findTopUsers({ day, count, digest }: CountedDay): TopUsersState {
    const job = this.#jobs.get(digest);
    const { now, events } = this.reports;
    const counted = events.filter(({ at }) => at >= day.from && at < day.to).length;
    if (!job) this.#jobs.set(digest, { endsAt: now + HOUR_MS / 2, events: counted });
    if (!job || job.endsAt > now) return { state: 'counting' };
    if (job.events !== count) return { state: 'none' };
    return { state: 'known', topUsers: { users: [{ userId: 'u', count }], erasedEvents: 0 } };
  }

  readonly #written = new Map<string, Uint8Array>();

  /** Revision `revision` of a report, as its files have it. */
  report(id: string, revision: number): DailyReport | undefined {
    const text = this.reports.text(reportFileKey({ kind: 'daily', id }, revision, 'json'));
    return text === undefined ? undefined : (JSON.parse(text) as DailyReport);
  }
}

/** Plays a plan, hour by hour; then runs once more in the next hour, in the next night, and for each day. */
async function play({ scheduler, runs, events }: Plan): Promise<ModelledStage> {
  const stage = new ModelledStage();
  const turn = () => scheduler.schedule(Promise.resolve());
  const thaws = Array.from({ length: 2 * HOURS }, () => Promise.withResolvers<void>());
  for (let hour = 0; hour < HOURS; hour++) {
    stage.reports.now = START + hour * HOUR_MS;
    for (const run of runs.filter((one) => one.hour === hour)) {
      void stage.run(run, turn, () => thaws[hour + run.thawsAfterHours]?.promise ?? turn());
    }
    for (const { daysBack } of events.filter((one) => one.hour === hour)) void turn().then(() => stage.count(daysBack));
    await scheduler.waitIdle();
    thaws[hour + 1]?.resolve();
    await scheduler.waitIdle();
  }
  for (const thaw of thaws) thaw.resolve();
  await scheduler.waitIdle();
  stage.reports.now = START + HOURS * HOUR_MS;
  await stage.run({ date: undefined, ...UNDISTURBED }, async () => {});
  for (const date of DATES) {
    expect(stage.reports.state.reports.get(dailyId(date))?.finished, `${date} has its report`).to.be.at.least(1);
  }
  // A night waits two hours for top users.
  for (const hour of [0, 1, 2]) {
    stage.reports.now = START + DAY_MS + hour * HOUR_MS;
    await stage.run({ date: undefined, ...UNDISTURBED }, async () => {});
  }
  for (const { id, revision, finished } of stage.reports.state.reports.values()) {
    expect(finished, `the next night has finished ${id}`).to.equal(revision);
  }
  for (const date of DATES) await stage.run({ date, ...UNDISTURBED }, async () => {});
  return stage;
}

/** Checks everything that is left of a plan. */
function checkEnd(stage: ModelledStage): void {
  expect(stage.faults).to.deep.equal([]);
  const { state, events, announced } = stage.reports;
  expect([...state.reports.keys()].sort()).to.deep.equal([...DATES, '2026-01-22'].map(dailyId));
  expect(state.nextDay).to.equal('2026-01-23');
  for (const [index, date] of DATES.entries()) {
    const id = dailyId(date);
    const stored = state.reports.get(id);
    const revision = stored?.revision ?? 0;
    expect(stored).to.include({ finished: revision });
    let before = 0;
    let topUsersBefore: DailyReport['topUsers'] = null;
    for (let number = 1; number <= revision; number++) {
      const report = stage.report(id, number);
      if (!report) throw new Error(`no revision ${number} of ${id}`);
      expect(report.revision).to.equal(number);
      const { topUsers, facts, changes } = report;
      const gotUsers = topUsers !== null && topUsersBefore === null;
      if (gotUsers) expect(facts.total.count).to.be.at.least(before);
      else expect(facts.total.count, 'each revision has more than the one before').to.be.above(before);
      expect(changes.length > 0).to.equal(number > 1 && facts.total.count > before);
      if (topUsers) expect(topUsers.users[0]?.count, 'top users are of these facts').to.equal(facts.total.count);
      before = facts.total.count;
      topUsersBefore = topUsers;
      const csv = stage.reports.text(reportFileKey({ kind: 'daily', id }, number, 'csv'));
      expect(csv, 'all files are of one report').to.equal(plainRenderers.csv(report));
      for (const file of Object.keys(REPORT_FILES) as ReportFile[]) {
        expect(stage.reports.text(reportFileKey({ kind: 'daily', id }, number, file)), file).to.be.a('string');
      }
    }
    expect(before).to.equal(events.filter(({ action }) => action === `a${DATES.length - index}`).length);
    expect(stage.reports.text(latestKey({ kind: 'daily', id }))).to.include(`"revision":${revision}`);
    const own = announced.filter((announcement) => announcement.id === id);
    expect(new Set(own.map((announcement) => JSON.stringify(announcement))).size, 'one announcement').to.equal(1);
    expect(own[0]).to.include({ revision: 1, deduplicationId: `${id}-r1` });
  }
}

describe('runs that die between any two of their calls', function () {
  this.timeout(120_000);

  const numRuns = Number(process.env.WEIR_REPORT_RUNS ?? 400);

  it('leave one report a day, one announcement, and the same bytes for a revision, whoever else runs', async () => {
    const property = fc.asyncProperty(planOf(plannedRun), async (planned) => {
      const stage = await play(planned);
      checkEnd(stage);
      expect(stage.reports.announced.length).to.be.at.most(DATES.length + 1 + stage.lostNotes);
    });
    await fc.assert(property, { numRuns });
  });

  it('leave the same, but for more copies of an announcement, when some stand still past their time-out', async () => {
    await fc.assert(
      fc.asyncProperty(planOf(fc.oneof(plannedRun, freezingRun)), async (planned) => checkEnd(await play(planned))),
      { numRuns },
    );
  });
});
