import { silentLog, silentMeter } from '@weir/logging';
import { expect } from 'chai';
import { DAY_MS, DAY_ONE, HOUR_MS, idsOf, NO_DEADLINE, reportOf, runDue, stageOf } from '../../testing/due-stage.ts';
import type { MemoryReports } from '../../testing/memory-reports.ts';
import { reportByHand } from './report-by-hand.ts';
import { reportDueDays } from './report-due-days.ts';

describe('a day whose facts have changed', () => {
  /** A late event of the first day, and the next night. */
  async function lateEvent(stage: MemoryReports) {
    await runDue(stage);
    stage.events.push({ action: 'late', at: DAY_ONE + 13 * HOUR_MS });
    stage.events.push({ action: 'a', at: DAY_ONE + DAY_MS });
    stage.now += DAY_MS;
    return runDue(stage);
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

  it('is counted once in its night', async () => {
    const stage = stageOf(1);
    await runDue(stage);
    stage.events.push({ action: 'a', at: DAY_ONE + DAY_MS });
    stage.now += DAY_MS;
    const asked: string[] = [];
    const { findTopUsers } = stage;
    stage.findTopUsers = (counted) => {
      asked.push(counted.day.date);
      return findTopUsers(counted);
    };
    await runDue(stage);
    expect(asked).to.deep.equal(['2026-01-02']);
  });

  it('is a line in the next report, and in no other', async () => {
    const stage = stageOf(1);
    await lateEvent(stage);
    const changes = reportOf(stage, '2026-01-01', 2).changes.length;
    expect(reportOf(stage, '2026-01-02').revised).to.deep.equal([{ id: 'daily-2026-01-01', revision: 2, changes }]);
    stage.now += DAY_MS;
    await runDue(stage);
    expect(reportOf(stage, '2026-01-03').revised).to.deep.equal([]);
  });

  it('is a line in the next report also if the run dies after the revision', async () => {
    const stage = stageOf(1);
    await runDue(stage);
    stage.events.push({ action: 'late', at: DAY_ONE + 13 * HOUR_MS });
    stage.now += DAY_MS;
    const deps = stage.deps();
    const failing = { ...deps, announce: () => Promise.reject(new Error('dead')), log: silentLog, meter: silentMeter };
    await reportDueDays(failing, NO_DEADLINE).catch(() => {});
    stage.now += HOUR_MS;
    await runDue(stage);
    expect(reportOf(stage, '2026-01-02').revised.map(({ id }) => id)).to.deep.equal(idsOf(1));
  });

  it('is a line in the next report that is not there yet, if the next day was reported by hand', async () => {
    const stage = stageOf(1);
    await runDue(stage);
    stage.now += DAY_MS - HOUR_MS;
    await reportByHand(stage.deps(), '2026-01-02');
    stage.events.push({ action: 'late', at: DAY_ONE });
    stage.now += HOUR_MS;
    expect(await runDue(stage)).to.deep.equal({ made: [], revised: idsOf(1) });
    stage.now += DAY_MS;
    await runDue(stage);
    expect(reportOf(stage, '2026-01-03').revised.map(({ id }) => id)).to.deep.equal(idsOf(1));
  });

  it('is a line in the next report also if it was revised by hand', async () => {
    const stage = stageOf(1);
    await runDue(stage);
    stage.events.push({ action: 'late', at: DAY_ONE });
    expect(await reportByHand(stage.deps(), '2026-01-01')).to.include({ outcome: 'revised' });
    stage.now += DAY_MS;
    await runDue(stage);
    expect(reportOf(stage, '2026-01-02').revised.map(({ id }) => id)).to.deep.equal(idsOf(1));
  });

  it('is finished before the next report is made, if a run has died within its revision', async () => {
    const stage = stageOf(1);
    await runDue(stage);
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
    expect(await runDue(stage)).to.deep.equal({ made: [], revised: [] });
    stage.now += HOUR_MS;
    expect((await runDue(stage)).made).to.deep.equal(idsOf(2));
    expect(stage.text('reports/daily/2026-01-01/latest.json')).to.include('"revision":2');
    expect(reportOf(stage, '2026-01-02').revised.map(({ id }) => id)).to.deep.equal(idsOf(1));
  });

  it('does not keep the new report back if it cannot be computed again', async () => {
    const stage = stageOf(1);
    await runDue(stage);
    stage.files.objects.delete('reports/daily/2026-01-01/r1/report.json');
    stage.events.push({ action: 'late', at: DAY_ONE });
    stage.now += DAY_MS;
    const error = await runDue(stage).catch((caught: AggregateError) => caught);
    expect(error).to.have.nested.property('errors[0].message').that.includes('2026-01-01/r1/report.json');
    expect(reportOf(stage, '2026-01-02').facts.total.count).to.equal(0);
    expect(await runDue(stage)).to.deep.equal({ made: [], revised: [] });
  });

  it('gets no revision for what only its comparisons show', async () => {
    const stage = stageOf(2);
    await runDue(stage);
    stage.events.push({ action: 'late', at: DAY_ONE });
    stage.now += DAY_MS;
    expect((await runDue(stage)).revised).to.deep.equal(idsOf(1));
  });

  it('gets a revision up to seven days later', async () => {
    for (const [days, revised] of [
      [7, idsOf(1)],
      [8, []],
    ] as const) {
      const stage = stageOf(days);
      await runDue(stage);
      await runDue(stage);
      stage.events.push({ action: 'late', at: DAY_ONE });
      stage.now += DAY_MS;
      expect((await runDue(stage)).revised).to.deep.equal(revised);
    }
  });

  it('stays in its zone after the stage has moved to another', async () => {
    const stage = stageOf(1);
    await runDue(stage);
    stage.events.push({ action: 'late', at: DAY_ONE });
    stage.now += DAY_MS + 6 * HOUR_MS;
    expect(await runDue(stage, { timeZone: 'America/New_York' })).to.deep.equal({ made: idsOf(2), revised: idsOf(1) });
    expect(reportOf(stage, '2026-01-01', 2)).to.include({ timeZone: 'UTC', from: '2026-01-01T00:00:00.000Z' });
    expect(reportOf(stage, '2026-01-02')).to.include({ timeZone: 'America/New_York' });
  });
});
