import { silentLog, silentMeter } from '@weir/logging';
import { expect } from 'chai';
import { cleanAudit, MemoryReports } from '../../testing/memory-reports.ts';
import { quarantine } from '../../testing/quarantine-objects.ts';
import type { DailyReport } from '../daily-report.ts';
import { PENDING_AUDIT } from '../revisions/audit-state.ts';
import { reportByHand } from './report-by-hand.ts';
import { reportDueDays } from './report-due-days.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAY_ONE = Date.UTC(2026, 0, 1);
const NO_DEADLINE = Number.POSITIVE_INFINITY;

/** A stage with an event at noon of each of the first `days` days of January, two hours after the end of the last. */
function stageOf(days: number) {
  const stage = new MemoryReports();
  for (let day = 0; day < days; day++) stage.events.push({ action: 'a', at: DAY_ONE + day * DAY_MS + 12 * HOUR_MS });
  stage.now = DAY_ONE + days * DAY_MS + 2 * HOUR_MS;
  return stage;
}

function run(stage: MemoryReports, { timeZone = 'UTC', deadline = NO_DEADLINE, meter = silentMeter } = {}) {
  return reportDueDays({ ...stage.deps(undefined, timeZone), log: silentLog, meter }, deadline);
}

function reportOf(stage: MemoryReports, date: string, revision = 1): DailyReport {
  return JSON.parse(stage.text(`reports/daily/${date}/r${revision}/report.json`) ?? 'null') as DailyReport;
}

const cleanState = (date: string) => ({ ...PENDING_AUDIT, status: 'clean', path: `/v1/audits/${date}` });

const idsOf = (...days: number[]) => days.map((day) => `daily-2026-01-${String(day).padStart(2, '0')}`);

describe('the reports of the days that are due', () => {
  it('are made once: a second run finds nothing to do', async () => {
    const stage = stageOf(1);
    expect(await run(stage)).to.deep.equal({ made: idsOf(1), revised: [] });
    expect(await run(stage)).to.deep.equal({ made: [], revised: [] });
    expect(stage.announced).to.have.length(1);
    expect(stage.announced[0]).to.deep.equal({
      ...{ version: 1, kind: 'daily', id: 'daily-2026-01-01', revision: 1, timeZone: 'UTC' },
      ...{ from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' },
      files: {
        json: 'reports/daily/2026-01-01/r1/report.json',
        csv: 'reports/daily/2026-01-01/r1/report.csv',
        html: 'reports/daily/2026-01-01/r1/report.html',
        mail: 'reports/daily/2026-01-01/r1/mail.eml',
      },
      deduplicationId: 'daily-2026-01-01-r1',
    });
    expect([...stage.files.objects.keys()].filter((key) => !key.startsWith('drafts/'))).to.have.members([
      ...Object.values(stage.announced[0]?.files ?? {}),
      'reports/daily/2026-01-01/latest.json',
    ]);
  });

  it('are seven after seven missed nights, each announced once', async () => {
    const stage = stageOf(7);
    expect(await run(stage)).to.deep.equal({ made: idsOf(1, 2, 3, 4, 5, 6, 7), revised: [] });
    expect(stage.announced.map(({ id }) => id)).to.deep.equal(idsOf(1, 2, 3, 4, 5, 6, 7));
  });

  it('are made in several runs after more than seven missed nights', async () => {
    const stage = stageOf(1);
    await run(stage);
    for (let day = 1; day < 12; day++) stage.events.push({ action: 'a', at: DAY_ONE + day * DAY_MS });
    stage.now = DAY_ONE + 12 * DAY_MS + 2 * HOUR_MS;
    expect((await run(stage)).made).to.deep.equal(idsOf(2, 3, 4, 5, 6, 7, 8));
    expect((await run(stage)).made).to.deep.equal(idsOf(9, 10, 11, 12));
    expect((await run(stage)).made).to.deep.equal([]);
  });

  it('begin with the first day that has an event, at most seven days back: an event may be years older', async () => {
    const stage = stageOf(0);
    stage.events.push({ action: 'a', at: Date.UTC(2001, 0, 1) });
    stage.now = DAY_ONE + 12 * DAY_MS + 2 * HOUR_MS;
    expect((await run(stage)).made).to.deep.equal([]);
    stage.events.push({ action: 'a', at: DAY_ONE + 9 * DAY_MS }, { action: 'a', at: DAY_ONE + 12 * DAY_MS });
    expect((await run(stage)).made).to.deep.equal(idsOf(10, 11, 12));
    expect(reportOf(stage, '2026-01-10').comparisons.previousDay.total).to.equal(null);
    expect(reportOf(stage, '2026-01-12').comparisons.meanOfSeven.total).to.deep.equal({ count: 0.5, users: 0.5 });
  });

  it('read the refused events of each day once: the next night reads those of the new day', async () => {
    const stage = stageOf(7);
    for (let day = 0; day < 8; day++) {
      const events = [{ reason: 'too-old', arrival: DAY_ONE + day * DAY_MS, sequenceNumber: '1' }];
      await quarantine(stage.archive, { number: day, events });
    }
    const read: string[] = [];
    const { get } = stage.archive;
    stage.archive.get = (key) => {
      read.push(key);
      return get.call(stage.archive, key);
    };
    await run(stage);
    expect(read.splice(0)).to.have.length(7);
    stage.now += DAY_MS;
    expect((await run(stage)).made).to.deep.equal(idsOf(8));
    expect(read).to.have.length(1);
    expect(reportOf(stage, '2026-01-08').facts.quarantine).to.deep.equal([{ reason: 'too-old', count: 1 }]);
  });

  it('wait for the next run when the time is over', async () => {
    const stage = stageOf(3);
    const overdue: number[] = [];
    const meter = { ...silentMeter, observe: (_name: string, _unit: string, value: number) => overdue.push(value) };
    expect((await run(stage, { deadline: 0, meter })).made).to.deep.equal([]);
    expect((await run(stage, { meter })).made).to.deep.equal(idsOf(1, 2, 3));
    expect(overdue).to.deep.equal([(2 * DAY_MS) / 1000, 0]);
  });

  it('have the facts of the day, what it is compared with, and what is known of its zone', async () => {
    const stage = stageOf(2);
    const at = DAY_ONE + DAY_MS + HOUR_MS;
    await quarantine(stage.archive, { number: 0, events: [{ reason: 'too-old', arrival: at, sequenceNumber: '1' }] });
    await run(stage);
    const { facts, comparisons, ...others } = reportOf(stage, '2026-01-02');
    expect(others).to.deep.equal({
      ...{ version: 1, kind: 'daily', id: 'daily-2026-01-02', revision: 1, timeZone: 'UTC', tzdata: 'test' },
      ...{ from: '2026-01-02T00:00:00.000Z', to: '2026-01-03T00:00:00.000Z', asOf: '2026-01-02T12:00:00.000Z' },
      ...{ audit: cleanState('2026-01-02'), changes: [], revised: [] },
      topUsers: { users: [{ userId: 'u', count: 1 }], erasedEvents: 0 },
    });
    expect(facts.total).to.deep.equal({ count: 1, users: 1 });
    expect(facts.quarantine).to.deep.equal([{ reason: 'too-old', count: 1 }]);
    expect(facts.hours[12]).to.deep.equal({ start: '2026-01-02T12:00:00.000Z', count: 1 });
    expect(comparisons.previousDay.total).to.deep.equal({ count: 1, users: 1 });
  });

  it('wait for the audit of their day until four hours after its end, and then say that it is pending', async () => {
    const stage = stageOf(1);
    stage.isAudited = false;
    stage.audits.set('2025-12-31', cleanAudit('2025-12-31'));
    expect((await run(stage)).made).to.deep.equal([]);
    stage.now += 2 * HOUR_MS - 1;
    expect((await run(stage)).made).to.deep.equal([]);
    stage.now += 1;
    expect((await run(stage)).made).to.deep.equal(idsOf(1));
    expect(reportOf(stage, '2026-01-01').audit).to.deep.equal(PENDING_AUDIT);
    stage.isAudited = true;
    expect(await run(stage)).to.deep.equal({ made: [], revised: [] });
  });

  it('do not wait for an audit where the day before has none', async () => {
    const stage = stageOf(1);
    stage.isAudited = false;
    expect((await run(stage)).made).to.deep.equal(idsOf(1));
  });

  it('have what the audit of their day has found, with its first buckets', async () => {
    const stage = stageOf(1);
    const bucket = { action: 'a', unit: 'minute', start: DAY_ONE, field: 'count', stored: '1', archived: '2' } as const;
    const buckets = Array.from({ length: 30 }, () => bucket);
    const found = { status: 'drift', drift: 32, missingObjects: ['x', 'y'], buckets } as const;
    stage.audits.set('2026-01-01', { ...cleanAudit('2026-01-01'), ...found });
    await run(stage);
    const { audit } = reportOf(stage, '2026-01-01');
    const path = '/v1/audits/2026-01-01';
    expect(audit).to.include({ status: 'drift', differences: 32, missingObjects: 2, path });
    expect(audit.buckets).to.have.length(20);
    expect(audit.buckets[0]).to.deep.equal({ ...bucket, start: '2026-01-01T00:00:00.000Z' });
  });

  it('are of the days of the stage’s zone', async () => {
    const stage = stageOf(2);
    stage.now = DAY_ONE + 2 * DAY_MS + 7 * HOUR_MS;
    await run(stage, { timeZone: 'America/New_York' });
    expect(reportOf(stage, '2026-01-02')).to.include({
      ...{ timeZone: 'America/New_York', from: '2026-01-02T05:00:00.000Z', to: '2026-01-03T05:00:00.000Z' },
    });
  });

  it('end before a day that another run is working on', async () => {
    const stage = stageOf(2);
    const [died] = [stage.deps()];
    await reportByHand({ ...died, announce: () => Promise.reject(new Error('dead')) }, '2026-01-01').catch(() => {});
    expect(await run(stage)).to.deep.equal({ made: [], revised: [] });
    stage.now += HOUR_MS;
    expect(await run(stage)).to.deep.equal({ made: idsOf(2), revised: [] });
    expect(stage.announced.map(({ id }) => id)).to.have.members(idsOf(1, 2));
  });
});

describe('a day whose facts have changed', () => {
  /** A late event of the first day, and the next night. */
  async function lateEvent(stage: MemoryReports) {
    await run(stage);
    stage.events.push({ action: 'late', at: DAY_ONE + 13 * HOUR_MS });
    stage.events.push({ action: 'a', at: DAY_ONE + DAY_MS });
    stage.now += DAY_MS;
    return run(stage);
  }

  it('gets a revision in the next night, which says what changed and is not announced', async () => {
    const stage = stageOf(1);
    expect(await lateEvent(stage)).to.deep.equal({ made: idsOf(2), revised: idsOf(1) });
    const { changes, revision, facts } = reportOf(stage, '2026-01-01', 2);
    expect([revision, facts.total.count]).to.deep.equal([2, 2]);
    expect(changes[0]).to.deep.equal({ pointer: '/total/count', before: 1, after: 2 });
    expect(changes.map(({ pointer }) => pointer)).to.include.members(['/actions/1', '/hours/13/count']);
    expect(stage.announced.map(({ id }) => id)).to.deep.equal(idsOf(1, 2));
    expect(stage.text('reports/daily/2026-01-01/latest.json')).to.include('"revision":2');
    expect(reportOf(stage, '2026-01-01', 1).facts.total.count).to.equal(1);
  });

  it('is a line in the next report, and in no other', async () => {
    const stage = stageOf(1);
    await lateEvent(stage);
    const changes = reportOf(stage, '2026-01-01', 2).changes.length;
    expect(reportOf(stage, '2026-01-02').revised).to.deep.equal([{ id: 'daily-2026-01-01', revision: 2, changes }]);
    stage.now += DAY_MS;
    await run(stage);
    expect(reportOf(stage, '2026-01-03').revised).to.deep.equal([]);
  });

  it('is a line in the next report also if the run dies after the revision', async () => {
    const stage = stageOf(1);
    await run(stage);
    stage.events.push({ action: 'late', at: DAY_ONE + 13 * HOUR_MS });
    stage.now += DAY_MS;
    const deps = stage.deps();
    const failing = { ...deps, announce: () => Promise.reject(new Error('dead')), log: silentLog, meter: silentMeter };
    await reportDueDays(failing, NO_DEADLINE).catch(() => {});
    stage.now += HOUR_MS;
    await run(stage);
    expect(reportOf(stage, '2026-01-02').revised.map(({ id }) => id)).to.deep.equal(idsOf(1));
  });

  it('is a line in the next report that is not there yet, if the next day was reported by hand', async () => {
    const stage = stageOf(1);
    await run(stage);
    stage.now += DAY_MS - HOUR_MS;
    await reportByHand(stage.deps(), '2026-01-02');
    stage.events.push({ action: 'late', at: DAY_ONE });
    stage.now += HOUR_MS;
    expect(await run(stage)).to.deep.equal({ made: [], revised: idsOf(1) });
    stage.now += DAY_MS;
    await run(stage);
    expect(reportOf(stage, '2026-01-03').revised.map(({ id }) => id)).to.deep.equal(idsOf(1));
  });

  it('is a line in the next report also if it was revised by hand', async () => {
    const stage = stageOf(1);
    await run(stage);
    stage.events.push({ action: 'late', at: DAY_ONE });
    expect(await reportByHand(stage.deps(), '2026-01-01')).to.include({ outcome: 'revised' });
    stage.now += DAY_MS;
    await run(stage);
    expect(reportOf(stage, '2026-01-02').revised.map(({ id }) => id)).to.deep.equal(idsOf(1));
  });

  it('is finished before the next report is made, if a run has died within its revision', async () => {
    const stage = stageOf(1);
    await run(stage);
    stage.events.push({ action: 'late', at: DAY_ONE });
    stage.now += DAY_MS;
    let isDead = false;
    const deps = stage.deps(async () => {
      if (isDead) throw new Error('dead');
    });
    const html = async () => {
      isDead = true;
      throw new Error('dead');
    };
    const dying = { ...deps, render: { ...deps.render, html }, log: silentLog, meter: silentMeter };
    await reportDueDays(dying, NO_DEADLINE).catch(() => {});
    stage.now += 60_000;
    expect(await run(stage)).to.deep.equal({ made: [], revised: [] });
    stage.now += HOUR_MS;
    expect((await run(stage)).made).to.deep.equal(idsOf(2));
    expect(stage.text('reports/daily/2026-01-01/latest.json')).to.include('"revision":2');
    expect(reportOf(stage, '2026-01-02').revised.map(({ id }) => id)).to.deep.equal(idsOf(1));
  });

  it('does not keep the new report back if it cannot be computed again', async () => {
    const stage = stageOf(1);
    await run(stage);
    stage.files.objects.delete('reports/daily/2026-01-01/r1/report.json');
    stage.events.push({ action: 'late', at: DAY_ONE });
    stage.now += DAY_MS;
    const error = await run(stage).catch((caught: AggregateError) => caught);
    expect(error).to.have.nested.property('errors[0].message').that.includes('2026-01-01/r1/report.json');
    expect(reportOf(stage, '2026-01-02').facts.total.count).to.equal(0);
    expect(await run(stage)).to.deep.equal({ made: [], revised: [] });
  });

  it('gets no revision for what only its comparisons show', async () => {
    const stage = stageOf(2);
    await run(stage);
    stage.events.push({ action: 'late', at: DAY_ONE });
    stage.now += DAY_MS;
    expect((await run(stage)).revised).to.deep.equal(idsOf(1));
  });

  it('gets a revision up to seven days later', async () => {
    for (const [days, revised] of [
      [7, idsOf(1)],
      [8, []],
    ] as const) {
      const stage = stageOf(days);
      await run(stage);
      await run(stage);
      stage.events.push({ action: 'late', at: DAY_ONE });
      stage.now += DAY_MS;
      expect((await run(stage)).revised).to.deep.equal(revised);
    }
  });

  it('stays in its zone after the stage has moved to another', async () => {
    const stage = stageOf(1);
    await run(stage);
    stage.events.push({ action: 'late', at: DAY_ONE });
    stage.now += DAY_MS + 6 * HOUR_MS;
    expect(await run(stage, { timeZone: 'America/New_York' })).to.deep.equal({ made: idsOf(2), revised: idsOf(1) });
    expect(reportOf(stage, '2026-01-01', 2)).to.include({ timeZone: 'UTC', from: '2026-01-01T00:00:00.000Z' });
    expect(reportOf(stage, '2026-01-02')).to.include({ timeZone: 'America/New_York' });
  });
});

describe('the top users of a day', () => {
  const topUsers = { users: [{ userId: 'u', count: 1 }], erasedEvents: 0 };

  /** Before the end of the first day, on which users are being counted. */
  function countingStage() {
    const stage = stageOf(1);
    const asked: string[] = [];
    const known = stage.findTopUsers;
    stage.findTopUsers = async ({ day }) => {
      asked.push(day.date);
      return { state: 'counting' };
    };
    return { stage, asked, known };
  }

  it('are counted from an hour after its end on, and are in its report when it is due', async () => {
    const { stage, asked, known } = countingStage();
    for (const [hours, expected] of [
      [0.9, []],
      [1, ['2026-01-01']],
    ] as const) {
      stage.now = DAY_ONE + DAY_MS + hours * HOUR_MS;
      expect(await run(stage)).to.deep.equal({ made: [], revised: [] });
      expect(asked).to.deep.equal(expected);
    }
    stage.findTopUsers = known;
    stage.now += HOUR_MS;
    expect((await run(stage)).made).to.deep.equal(idsOf(1));
    expect(reportOf(stage, '2026-01-01').topUsers).to.deep.equal(topUsers);
    expect(stage.state.reports.get('daily-2026-01-01')).to.include({ holdsUsers: true });
  });

  it('are waited for until four hours after its end, and come as a revision that no report tells of', async () => {
    const { stage, known } = countingStage();
    for (const hours of [2, 3]) {
      stage.now = DAY_ONE + DAY_MS + hours * HOUR_MS;
      expect(await run(stage)).to.deep.equal({ made: [], revised: [] });
    }
    stage.now += HOUR_MS;
    expect((await run(stage)).made).to.deep.equal(idsOf(1));
    expect(reportOf(stage, '2026-01-01').topUsers).to.equal(null);
    expect(stage.state.reports.get('daily-2026-01-01')).to.include({ holdsUsers: false });
    stage.findTopUsers = known;
    stage.now = DAY_ONE + 2 * DAY_MS + 2 * HOUR_MS;
    expect(await run(stage)).to.deep.equal({ made: idsOf(2), revised: idsOf(1) });
    expect(reportOf(stage, '2026-01-01', 2)).to.deep.include({ topUsers, changes: [] });
    expect(stage.state.reports.get('daily-2026-01-01')).to.include({ holdsUsers: true });
    expect(reportOf(stage, '2026-01-02').revised).to.deep.equal([]);
    stage.now += DAY_MS;
    expect((await run(stage)).revised).to.deep.equal([]);
  });

  it('are waited for by the whole night if the facts of an earlier day have changed', async () => {
    const stage = stageOf(1);
    await run(stage);
    const { findTopUsers } = stage;
    stage.events.push({ action: 'late', at: DAY_ONE });
    stage.now += DAY_MS;
    stage.findTopUsers = async () => ({ state: 'counting' });
    expect(await run(stage)).to.deep.equal({ made: [], revised: [] });
    stage.findTopUsers = findTopUsers;
    stage.now += HOUR_MS;
    expect(await run(stage)).to.deep.equal({ made: idsOf(2), revised: idsOf(1) });
    expect(reportOf(stage, '2026-01-01', 2).topUsers).to.deep.equal({
      users: [{ userId: 'u', count: 2 }],
      erasedEvents: 0,
    });
  });

  it('are not waited for if they cannot come, and no revision loses that an earlier one names users', async () => {
    const stage = stageOf(1);
    await run(stage);
    stage.findTopUsers = async () => ({ state: 'none' });
    stage.events.push({ action: 'late', at: DAY_ONE });
    stage.now += DAY_MS;
    expect(await run(stage)).to.deep.equal({ made: idsOf(2), revised: idsOf(1) });
    expect(reportOf(stage, '2026-01-01', 2).topUsers).to.equal(null);
    expect(stage.state.reports.get('daily-2026-01-01')).to.include({ holdsUsers: true });
  });

  it('are not waited for by somebody who asks for a report', async () => {
    const { stage, known } = countingStage();
    expect(await reportByHand(stage.deps(), '2026-01-01')).to.include({ outcome: 'made' });
    expect(await reportByHand(stage.deps(), '2026-01-01')).to.include({ outcome: 'unchanged' });
    stage.findTopUsers = known;
    expect(await reportByHand(stage.deps(), '2026-01-01')).to.include({ outcome: 'revised' });
  });
});

describe('a report that somebody asks for', () => {
  it('is made of any day that has ended, and announced', async () => {
    const stage = stageOf(3);
    stage.now = DAY_ONE + 3 * DAY_MS;
    expect(await reportByHand(stage.deps(), '2026-01-03')).to.deep.equal({ outcome: 'made', id: 'daily-2026-01-03' });
    expect(await reportByHand(stage.deps(), '2026-01-03')).to.include({ outcome: 'unchanged' });
    stage.events.push({ action: 'late', at: DAY_ONE + 2 * DAY_MS });
    expect(await reportByHand(stage.deps(), '2026-01-03')).to.include({ outcome: 'revised' });
    expect(stage.announced).to.have.length(1);
  });

  for (const [date, problem] of [
    ['2026-02-30', /no date/],
    ['yesterday', /no date/],
    ['2026-01-04', /has not ended in UTC: it ends at 2026-01-05T00:00:00.000Z/],
    ['2024-01-04', /too long ago.* Ask for 2024-12-\d\d or a later day/],
  ] as const) {
    it(`is refused for ${date}, with a sentence`, async () => {
      const refused = await reportByHand(stageOf(3).deps(), date);
      expect(refused).to.have.property('outcome', 'refused');
      expect(refused).to.have.property('problem').that.matches(problem);
    });
  }
});
