import { silentMeter } from '@weir/logging';
import { expect } from 'chai';
import { DAY_MS, DAY_ONE, HOUR_MS, idsOf, reportOf, runDue, stageOf } from '../../testing/due-stage.ts';
import { cleanAudit } from '../../testing/memory-reports.ts';
import { quarantine } from '../../testing/quarantine-objects.ts';
import { PENDING_AUDIT } from '../revisions/audit-state.ts';
import { reportByHand } from './report-by-hand.ts';

const cleanState = (date: string) => ({ ...PENDING_AUDIT, status: 'clean', path: `/v1/audits/${date}` });

describe('the reports of the days that are due', () => {
  it('are made once: a second run finds nothing to do', async () => {
    const stage = stageOf(1);
    expect(await runDue(stage)).to.deep.equal({ made: idsOf(1), revised: [] });
    expect(await runDue(stage)).to.deep.equal({ made: [], revised: [] });
    expect(stage.announced).to.have.length(1);
    expect(stage.announced[0]).to.deep.equal({
      ...{ version: 1, kind: 'daily', id: 'daily-2026-01-01', revision: 1, timeZone: 'UTC' },
      ...{ from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' },
      createdAt: '2026-01-02T02:00:00.000Z',
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
    expect(await runDue(stage)).to.deep.equal({ made: idsOf(1, 2, 3, 4, 5, 6, 7), revised: [] });
    expect(stage.announced.map(({ id }) => id)).to.deep.equal(idsOf(1, 2, 3, 4, 5, 6, 7));
  });

  it('are made in several runs after more than seven missed nights', async () => {
    const stage = stageOf(1);
    await runDue(stage);
    for (let day = 1; day < 12; day++) stage.events.push({ action: 'a', at: DAY_ONE + day * DAY_MS });
    stage.now = DAY_ONE + 12 * DAY_MS + 2 * HOUR_MS;
    expect((await runDue(stage)).made).to.deep.equal(idsOf(2, 3, 4, 5, 6, 7, 8));
    expect((await runDue(stage)).made).to.deep.equal(idsOf(9, 10, 11, 12));
    expect((await runDue(stage)).made).to.deep.equal([]);
  });

  it('begin with the first day that has an event, at most seven days back: an event may be years older', async () => {
    const stage = stageOf(0);
    stage.events.push({ action: 'a', at: Date.UTC(2001, 0, 1) });
    stage.now = DAY_ONE + 12 * DAY_MS + 2 * HOUR_MS;
    expect((await runDue(stage)).made).to.deep.equal([]);
    stage.events.push({ action: 'a', at: DAY_ONE + 9 * DAY_MS }, { action: 'a', at: DAY_ONE + 12 * DAY_MS });
    expect((await runDue(stage)).made).to.deep.equal(idsOf(10, 11, 12));
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
    await runDue(stage);
    expect(read.splice(0)).to.have.length(7);
    stage.now += DAY_MS;
    expect((await runDue(stage)).made).to.deep.equal(idsOf(8));
    expect(read).to.have.length(1);
    expect(reportOf(stage, '2026-01-08').facts.quarantine).to.deep.equal([{ reason: 'too-old', count: 1 }]);
  });

  it('wait for the next run when the time is over', async () => {
    const stage = stageOf(3);
    const overdue: number[] = [];
    const meter = { ...silentMeter, observe: (_name: string, _unit: string, value: number) => overdue.push(value) };
    expect((await runDue(stage, { deadline: 0, meter })).made).to.deep.equal([]);
    expect((await runDue(stage, { meter })).made).to.deep.equal(idsOf(1, 2, 3));
    expect(overdue).to.deep.equal([(2 * DAY_MS) / 1000, 0]);
  });

  it('have the facts of the day, what it is compared with, and what is known of its zone', async () => {
    const stage = stageOf(2);
    const at = DAY_ONE + DAY_MS + HOUR_MS;
    await quarantine(stage.archive, { number: 0, events: [{ reason: 'too-old', arrival: at, sequenceNumber: '1' }] });
    await runDue(stage);
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
    expect((await runDue(stage)).made).to.deep.equal([]);
    stage.now += 2 * HOUR_MS - 1;
    expect((await runDue(stage)).made).to.deep.equal([]);
    stage.now += 1;
    expect((await runDue(stage)).made).to.deep.equal(idsOf(1));
    expect(reportOf(stage, '2026-01-01').audit).to.deep.equal(PENDING_AUDIT);
    stage.isAudited = true;
    expect(await runDue(stage)).to.deep.equal({ made: [], revised: [] });
  });

  it('do not wait for an audit where the day before has none', async () => {
    const stage = stageOf(1);
    stage.isAudited = false;
    expect((await runDue(stage)).made).to.deep.equal(idsOf(1));
  });

  it('have what the audit of their day has found, with its first buckets', async () => {
    const stage = stageOf(1);
    const bucket = { action: 'a', unit: 'minute', start: DAY_ONE, field: 'count', stored: '1', archived: '2' } as const;
    const buckets = Array.from({ length: 30 }, () => bucket);
    const found = { status: 'drift', drift: 32, missingObjects: ['x', 'y'], buckets } as const;
    stage.audits.set('2026-01-01', { ...cleanAudit('2026-01-01'), ...found });
    await runDue(stage);
    const { audit } = reportOf(stage, '2026-01-01');
    const path = '/v1/audits/2026-01-01';
    expect(audit).to.include({ status: 'drift', differences: 32, missingObjects: 2, path });
    expect(audit.buckets).to.have.length(20);
    expect(audit.buckets[0]).to.deep.equal({ ...bucket, start: '2026-01-01T00:00:00.000Z' });
  });

  it('are of the days of the stage’s zone', async () => {
    const stage = stageOf(2);
    stage.now = DAY_ONE + 2 * DAY_MS + 7 * HOUR_MS;
    await runDue(stage, { timeZone: 'America/New_York' });
    expect(reportOf(stage, '2026-01-02')).to.include({
      ...{ timeZone: 'America/New_York', from: '2026-01-02T05:00:00.000Z', to: '2026-01-03T05:00:00.000Z' },
    });
  });

  it('end before a day that another run is working on', async () => {
    const stage = stageOf(2);
    const [died] = [stage.deps()];
    await reportByHand({ ...died, announce: () => Promise.reject(new Error('dead')) }, '2026-01-01').catch(() => {});
    expect(await runDue(stage)).to.deep.equal({ made: [], revised: [] });
    stage.now += HOUR_MS;
    expect(await runDue(stage)).to.deep.equal({ made: idsOf(2), revised: [] });
    expect(stage.announced.map(({ id }) => id)).to.have.members(idsOf(1, 2));
  });
});
