import type { Question } from '@weir/dynamodb/jobs';
import { expect } from 'chai';
import { useWeir } from './shared-weir.ts';

const DAY_MS = 86_400_000;
const ACTIONS = ['jobs.buy', 'jobs.view'];
const hasEnded = ({ status }: { readonly status: string }) => ['done', 'failed', 'cancelled'].includes(status);
/** Every call of S3 that the worker makes to write. */
const WRITES = { service: 's3', action: 'PutObject', caller: 'weirreportswork' };

describe('a job', function () {
  this.timeout(240_000);
  const weir = useWeir();
  const from = Math.floor(Date.now() / DAY_MS) * DAY_MS - 40 * DAY_MS;
  let keys = 0;

  afterEach(() => weir.doors.control('DELETE', 'faults'));

  const newKey = () => `key-of-jobs-${keys++}`;

  async function ask(days: number, keyId = newKey(), more: Partial<Question> = { actions: ACTIONS }): Promise<string> {
    const id = await weir.doors.ask({ keyId, from, days, more });
    if (id === undefined) throw new Error('the key has too many jobs');
    return id;
  }

  const untilDone = async (id: string) => {
    const job = await weir.doors.until(id, hasEnded);
    expect([job.status, job.reason]).to.deep.equal(['done', undefined]);
    return job;
  };

  const untilEmpty = async (queue: string) => {
    while ((await weir.doors.waiting(queue)) > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  };

  it('runs all of its parts, writes its files, and leaves nothing else', async () => {
    const timestamp = from + 3_600_000;
    const events = [1, 2.5].map((value) => ({ action: 'jobs.buy', userId: `u${value}`, timestamp, value }));
    // An event of the last day, so that its time is not refused.
    expect((await weir.doors.post(JSON.stringify({ events }))).status).to.equal(202);
    await weir.doors.settle();
    const job = await untilDone(await ask(12));
    expect([job.phases, job.done.size]).to.deep.equal([[12], 12]);
    const { total, actions } = JSON.parse(await weir.doors.result(job));
    expect(total.count ?? total).to.equal(2);
    expect(actions).to.have.length.above(0);
    await weir.doors.untilNothingIsLeft(job.id);
  });

  it('follows users through the archive: a retention, a funnel, and the users of a daily report', async () => {
    const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const event = (userId: string, action: string, minute: number) => {
      return { action, userId, timestamp: from + (minute + 120) * 60_000, value: 1 };
    };
    const events = [
      ...['ann', 'bob', 'cid'].map((userId) => event(userId, 'jobs.visit', 0)),
      ...['ann', 'bob'].map((userId) => event(userId, 'jobs.order', 1)),
    ];
    expect((await weir.doors.post(JSON.stringify({ events }))).status).to.equal(202);
    await weir.doors.settle();
    const days = (today - from) / DAY_MS + 1;
    const answer = async (more: Partial<Question>) =>
      JSON.parse(await weir.doors.result(await untilDone(await ask(days, newKey(), more))));
    const funnel = await answer({ kind: 'funnel', steps: ['jobs.visit', 'jobs.order'], windowSeconds: 3600 });
    expect(funnel.steps.map(({ users }: { users: number }) => users)).to.deep.equal([3, 2]);
    const retention = await answer({ kind: 'retention', actions: ['jobs.visit', 'jobs.order'] });
    expect(retention.cohorts).to.have.length(1);
    expect(retention.cohorts[0]).to.include({ size: 3 });
    const users = await answer({ kind: 'users', actions: ['jobs.visit', 'jobs.order'] });
    expect(users.top.map(({ count }: { count: number }) => count)).to.deep.equal([2, 2, 1]);
  });

  it('has one result though each message comes three times, before its end and after it', async () => {
    const id = await ask(10);
    const cut = await weir.doors.until(id, (job) => job.cut !== undefined);
    for (let part = 0; part < 10; part++) await weir.doors.sendPart(cut, part);
    const job = await untilDone(id);
    const result = await weir.doors.result(job);
    for (let part = 0; part <= 10; part++) await weir.doors.sendPart(job, part);
    await untilEmpty('report-parts');
    expect(await weir.doors.until(id, hasEnded)).to.deep.equal(job);
    expect(await weir.doors.result(job)).to.equal(result);
    await weir.doors.untilNothingIsLeft(id);
  });

  it('has the same bytes though workers are killed in the middle of their parts', async () => {
    const undisturbed = await untilDone(await ask(6));
    await weir.doors.control('DELETE', 'usage');
    await weir.doors.control('POST', 'faults', { match: WRITES, kind: 'kill', times: 3 });
    await weir.doors.hideParts(4);
    try {
      const job = await untilDone(await ask(6));
      expect(await weir.doors.result(job)).to.equal(await weir.doors.result(undisturbed));
      const { callers } = await weir.doors.control('GET', 'usage');
      expect(callers[WRITES.caller]['s3:PutObject']).to.include({ errors: 3 });
      await untilEmpty('report-parts');
      await weir.doors.untilNothingIsLeft(job.id);
    } finally {
      await weir.doors.hideParts(1_800);
    }
  });

  it('fails with its reason when a part fails in all attempts, and is done after a redrive', async () => {
    await weir.doors.control('POST', 'faults', { match: WRITES, kind: 'error' });
    const id = await ask(3);
    const failed = await weir.doors.until(id, hasEnded);
    expect([failed.status, failed.reason]).to.deep.equal(['failed', 'internal-error']);
    await untilEmpty('report-parts');
    expect(await weir.doors.waiting('report-parts-dead-letters')).to.be.above(0);
    await weir.doors.control('DELETE', 'faults');
    const { isDone, text } = await weir.doors.redrive();
    expect(isDone, text).to.equal(true);
    expect(text).to.include(`The job ${id} had failed (internal-error), and runs again.`);
    await untilDone(id);
    expect(await weir.doors.waiting('report-parts-dead-letters')).to.equal(0);
    expect((await weir.doors.redrive()).text).to.equal('There are no dead letters.');
  });

  it('ends at once when it is cancelled, and its workers leave nothing', async () => {
    await weir.doors.control('POST', 'faults', { match: WRITES, kind: 'delay', delayMs: 2_000 });
    const id = await ask(20);
    await weir.doors.until(id, ({ sentAt }) => sentAt !== undefined);
    expect(await weir.doors.store.end(id, { status: 'cancelled', now: Date.now() })).to.equal(true);
    await weir.doors.control('DELETE', 'faults');
    await untilEmpty('report-parts');
    const job = await weir.doors.until(id, hasEnded);
    expect([job.status, job.done.size]).to.deep.equal(['cancelled', 0]);
    await weir.doors.untilNothingIsLeft(id);
  });

  it('fails as stalled when its workers have died without a word, and can begin again', async () => {
    await weir.doors.control('POST', 'faults', { match: WRITES, kind: 'delay', delayMs: 8_000 });
    const id = await ask(2);
    const job = await weir.doors.until(id, ({ sentAt }) => sentAt !== undefined);
    await weir.doors.setProgress(job, Date.now() - 3 * 3_600_000);
    expect(await weir.doors.sweepJobs()).to.have.nested.property('answer.stalled', 1);
    const failed = await weir.doors.until(id, hasEnded);
    expect([failed.status, failed.reason]).to.deep.equal(['failed', 'stalled']);
    await weir.doors.control('DELETE', 'faults');
    const { text } = await weir.doors.redrive(id);
    expect(text).to.include(`The job ${id} had failed (stalled), and runs again.`);
    await weir.doors.until(id, hasEnded);
  });

  it('waits for its turn: two of a key run, ten wait, and there is no room for more', async () => {
    await weir.doors.control('POST', 'faults', { match: WRITES, kind: 'delay', delayMs: 5_000 });
    const keyId = newKey();
    const ids: string[] = [];
    for (let i = 0; i < 12; i++) ids.push(await ask(1, keyId));
    expect(await weir.doors.ask({ keyId, from, days: 1 })).to.equal(undefined);
    await weir.doors.until(ids[1] ?? '', ({ status }) => status === 'running');
    const { jobs } = await weir.doors.store.list('summary', { after: undefined, limit: 20, keyId });
    expect(jobs.filter(({ status }) => status === 'running').map(({ id }) => id)).to.have.members(ids.slice(0, 2));
    expect(jobs.filter(({ status }) => status === 'queued')).to.have.length(10);
    await weir.doors.control('DELETE', 'faults');
    for (const id of ids) await untilDone(id);
  });
});
