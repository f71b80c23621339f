import { buffer } from 'node:stream/consumers';
import { compressed } from '@weir/archive';
import { MemoryObjectStore } from '@weir/archive/memory';
import { createArchiveReader } from '@weir/archive/reading';
import type { Checkpoint } from '@weir/audit';
import { type BucketDifference, MAX_INLINE_BUCKETS, type StoredAudit } from '@weir/dynamodb/audits';
import { MemoryAuditsStore } from '@weir/dynamodb/audits/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import fc from 'fast-check';
import { calendarOf } from '../daily/calendar-of.ts';
import { startByHand, stateOf } from './executions/audit-by-hand.ts';
import type { AuditExecution, AuditInput } from './executions/audit-machine.ts';
import { startDueAudits } from './executions/start-due-audits.ts';
import { type AuditProgress, type AuditTaskDeps, auditTask } from './task/audit-task.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const NOW = Date.UTC(2026, 0, 20, 12);

/** A stage without events: what its audits do, and what its state machine was asked for. */
function createStage({ timeZone = 'UTC', now = NOW } = {}) {
  const stored = new Map<string, StoredAudit>();
  const executions = new Map<string, AuditExecution>();
  const observed: [string, number][] = [];
  const files = new MemoryObjectStore(() => 0);
  const store = new MemoryMetricsStore();
  let names = 0;
  const shared = {
    audits: new MemoryAuditsStore(async () => undefined, stored),
    calendarOf,
    now: () => now,
    newId: () => `${names++}`,
  };
  const machine = {
    start: async (input: AuditInput) => {
      const { status } = executions.get(input.execution) ?? {};
      if (status === undefined) executions.set(input.execution, { status: 'running', input });
      return status === undefined || status === 'running' ? ('running' as const) : ('ended' as const);
    },
    find: async (name: string) => executions.get(name),
  };
  const archive = createArchiveReader({ store, objects: new MemoryObjectStore(() => 0) });
  const task: AuditTaskDeps = {
    ...shared,
    audit: { store, archive, now: () => now, maxBytes: 1e6 },
    files,
    log: silentLog,
    meter: { observe: (name: string, _unit: string, value: number) => observed.push([name, value]) } as never,
  };
  return { stored, executions, observed, files, start: { ...shared, machine, timeZone }, task };
}

/** Runs an execution as the state machine does. Each call has time for one step. */
async function execute({ task }: ReturnType<typeof createStage>, input: AuditProgress): Promise<AuditProgress> {
  let progress = input;
  do progress = JSON.parse(JSON.stringify(await auditTask(task, progress, 0)));
  while (progress.status === 'more');
  return progress;
}

describe('audits of a stage', () => {
  it('are started for the last seven days that ended an hour ago, the oldest first', async () => {
    const stage = createStage({ timeZone: 'Europe/Vienna', now: Date.UTC(2026, 0, 20, 23, 59) });
    const { running, overdueMs } = await startDueAudits(stage.start);
    // It is 00:59 of the 21st.
    expect(running).to.deep.equal([13, 14, 15, 16, 17, 18, 19].map((day) => `night-2026-01-${day}-1`));
    expect(overdueMs).to.equal(6 * DAY_MS + 23 * HOUR_MS + 59 * 60_000);
  });

  it('are not started for a day that has one, and once for a day that is being audited', async () => {
    const stage = createStage();
    await execute(stage, { execution: 'x', from: '2026-01-13', to: '2026-01-19', timeZone: 'UTC' });
    expect(await startDueAudits(stage.start)).to.deep.equal({ running: [], overdueMs: 0 });
    stage.stored.delete('2026-01-19');
    for (let i = 0; i < 3; i++) await startDueAudits(stage.start);
    expect([...stage.executions.keys()]).to.deep.equal(['night-2026-01-19-1']);
  });

  it('are started under another name after one that failed, at most so many times', async () => {
    const stage = createStage();
    await execute(stage, { execution: 'x', from: '2026-01-13', to: '2026-01-18', timeZone: 'UTC' });
    for (let i = 0; i < 30; i++) {
      const { running } = await startDueAudits(stage.start);
      expect(running).to.deep.equal(i < 24 ? [`night-2026-01-19-${i + 1}`] : []);
      for (const [name, { input }] of stage.executions) stage.executions.set(name, { status: 'failed', input });
    }
  });

  it('are made for each day of a range, a step for each call, with a value of the metric each', async () => {
    const stage = createStage();
    const input = { execution: 'hand', from: '2026-01-10', to: '2026-01-12', timeZone: 'America/New_York' };
    expect(await execute(stage, input)).to.include({ stored: 3, status: 'done' });
    expect([...stage.stored.keys()]).to.deep.equal(['2026-01-10', '2026-01-11', '2026-01-12']);
    const from = Date.UTC(2026, 0, 10, 5);
    expect(stage.stored.get('2026-01-10')).to.include({ from, to: from + DAY_MS, status: 'clean', drift: 0 });
    expect(stage.observed).to.deep.equal(Array.from({ length: 3 }, () => ['AuditDrift', 0]));
    const outside = [...stage.files.objects.keys()].filter((key) => !key.startsWith('audits/work/hand/'));
    expect(outside).to.deep.equal([...stage.stored.values()].map(({ file }) => file));
  });

  it('count buckets and lost objects, and keep only the first differences in the item', async () => {
    const stage = createStage();
    const day = Date.UTC(2026, 0, 10);
    const differences = Array.from({ length: 300 }, (_, i): BucketDifference[] =>
      (['count', 'sum'] as const).map((field) => {
        const bucket = { action: 'a', unit: 'minute' as const, start: day + i * 60_000, field };
        return { ...bucket, stored: '1', archived: '2' };
      }),
    ).flat();
    async function* lines() {
      for (const difference of differences) yield Buffer.from(`${JSON.stringify(difference)}\n`);
    }
    await stage.files.putStream('differences', compressed(lines()));
    const lost = [-25, -24, 0, 48, 49].map((hours) => {
      return { key: `at ${hours}`, reason: 'missing' as const, hour: day / HOUR_MS + hours };
    });
    const epochDay = day / DAY_MS;
    const checkpoint: Checkpoint = {
      ...{ span: { from: epochDay, to: epochDay + 1 }, rows: [], counted: 0, total: 0, parts: [], lost },
      differences: ['differences'],
    };
    await stage.files.put('checkpoint', Buffer.from(JSON.stringify(checkpoint)));
    const date = '2026-01-10';
    await execute(stage, { execution: 'x', from: date, to: date, timeZone: 'UTC', checkpoint: 'checkpoint' });
    const audit = stage.stored.get(date);
    expect(audit).to.deep.include({
      status: 'drift',
      drift: 304,
      missingObjects: ['at -24', 'at 0', 'at 48', 'at 49'],
    });
    expect(audit?.buckets).to.deep.equal(differences.slice(0, MAX_INLINE_BUCKETS));
    const file = JSON.parse((await buffer(await stage.files.get(audit?.file ?? ''))).toString());
    expect(file.buckets).to.deep.equal(differences);
    expect(file.missingObjects).to.have.length(4);
  });
});

/** Work of an audit of a day that is complete: no bucket differs, and objects of these hours are lost. */
async function putCheckpoint({ files }: ReturnType<typeof createStage>, key: string, hours: readonly number[]) {
  const day = Date.UTC(2026, 0, 10);
  const lost = hours.map((hour) => ({ key: `at ${hour}`, reason: 'missing' as const, hour: day / HOUR_MS + hour }));
  const span = { from: day / DAY_MS, to: day / DAY_MS + 1 };
  const counted = { rows: [], counted: 0, total: 0, parts: [], lost, differences: ['differences'] };
  await files.putStream('differences', compressed((async function* () {})()));
  await files.put(key, Buffer.from(JSON.stringify({ span, ...counted })));
}

describe('the audit of a day on which no bucket differs', () => {
  it('leaves out lost objects that arrived more than a day before it or after it', async () => {
    const stage = createStage();
    await putCheckpoint(stage, 'checkpoint', [-25, -24, 48, 49]);
    const day = { from: '2026-01-10', to: '2026-01-10', timeZone: 'UTC' };
    await execute(stage, { execution: 'x', ...day, checkpoint: 'checkpoint' });
    const audit = stage.stored.get('2026-01-10');
    expect(audit).to.deep.include({ drift: 2, missingObjects: ['at -24', 'at 48'] });
  });
});

describe('two audits of a day that end at the same time', () => {
  it('leave an item that leads to the file of its own audit, in each order of their writes', () => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const turn = () => scheduler.schedule(Promise.resolve());
      const stage = createStage();
      await putCheckpoint(stage, 'checkpoint 0', []);
      await putCheckpoint(stage, 'checkpoint 1', [5]);
      let now = NOW;
      const audits = new MemoryAuditsStore(turn, stage.stored);
      const task: AuditTaskDeps = { ...stage.task, now: () => now++, audits };
      stage.files.putStream = async (key, pieces) => {
        const bytes = await buffer(pieces);
        await turn();
        await stage.files.put(key, bytes);
      };
      const day = { from: '2026-01-10', to: '2026-01-10', timeZone: 'UTC' };
      const both = ['checkpoint 0', 'checkpoint 1'].map((checkpoint) =>
        auditTask(task, { execution: checkpoint, ...day, checkpoint }, 0),
      );
      await scheduler.waitFor(Promise.all(both));
      const { file = '', auditedAt, missingObjects } = stage.stored.get('2026-01-10') ?? {};
      const all = JSON.parse((await buffer(await stage.files.get(file))).toString());
      expect(all.auditedAt).to.equal(auditedAt);
      expect(all.missingObjects.map(({ key }: { key: string }) => key)).to.deep.equal(missingObjects);
    });
    return fc.assert(property, { numRuns: 30 });
  });
});

describe('an audit by hand', () => {
  it('is started for a range, and says how it goes and what it found', async () => {
    const stage = createStage();
    const started = await startByHand(stage.start, { from: '2026-01-10', to: '2026-01-11' });
    if (started.outcome !== 'started') throw new Error(started.problem);
    const { execution } = started;
    const running = { outcome: 'running', stored: 0, days: 2 };
    expect(await stateOf(stage.start, execution)).to.deep.equal(running);
    const { input } = stage.executions.get(execution) ?? {};
    if (!input) throw new Error('no execution');
    stage.executions.set(execution, { status: 'running', input, stored: 1, problem: 'a row' });
    expect(await stateOf(stage.start, execution)).to.deep.equal({ ...running, stored: 1, problem: 'a row' });
    await execute(stage, input);
    stage.executions.set(execution, { status: 'done', input });
    const days = ['2026-01-10', '2026-01-11'].map((date) => ({ date, status: 'clean', drift: 0 }));
    expect(await stateOf(stage.start, execution)).to.deep.equal({ outcome: 'done', days });
    stage.executions.set(execution, { status: 'failed', input, problem: 'no table' });
    expect(await stateOf(stage.start, execution)).to.deep.equal({ outcome: 'failed', problem: 'no table' });
    expect(await stateOf(stage.start, 'other')).to.deep.equal({ outcome: 'unknown' });
  });

  for (const [from, to, problem] of [
    ['2026-01-32', '2026-02-01', /^2026-01-32 is no date/],
    ['2026-01-11', '2026-01-10', /^2026-01-11 is later than 2026-01-10/],
    ['2026-01-10', '2026-01-20', /^2026-01-20 has not ended: it ends at 2026-01-21T00:00:00\.000Z\.$/],
    ['2024-12-18', '2026-01-10', /^2024-12-18 is too long ago: its hours are no longer kept\. Ask for 2024-12-19 or/],
  ] as const) {
    it(`is refused from ${from} to ${to} with a sentence`, async () => {
      const stage = createStage();
      const answer = await startByHand(stage.start, { from, to });
      expect(answer).to.have.property('outcome', 'refused');
      expect(answer).to.have.property('problem').that.matches(problem);
      expect(stage.executions.size).to.equal(0);
    });
  }
});
