import { MemoryObjectStore } from '@weir/archive/memory';
import { jobFileKey } from '@weir/dynamodb/jobs';
import { MemoryJobsStore } from '@weir/dynamodb/jobs/memory';
import { expect } from 'chai';
import { createFindTopUsers } from './find-top-users.ts';

const DAY = { day: { date: '2026-01-20', from: 10, to: 20 }, timeZone: 'UTC', count: 5, digest: 'd'.repeat(64) };
const ID = `users-2026-01-20-${'d'.repeat(32)}`;
const RESULT = { top: [{ userId: 'u', count: 3 }], counted: 4, erasedEvents: 1 };

function stage() {
  const jobs = new MemoryJobsStore();
  const files = new MemoryObjectStore(() => 0);
  return { jobs, files, find: createFindTopUsers({ jobs, files, now: () => 7 }) };
}

/** Ends the job with a result. */
async function count({ jobs, files }: ReturnType<typeof stage>, result: unknown = RESULT) {
  await jobs.admit('stage', 8);
  await jobs.fixCut(ID, { cut: 'c0', phases: [1], now: 8 });
  await files.put(jobFileKey({ id: ID, cut: 'c0' }, 'json'), Buffer.from(JSON.stringify(result)));
  await jobs.end(ID, { status: 'done', now: 9 });
}

describe('the top users of a day', () => {
  it('are counted by one job for the same facts, however often they are asked for', async () => {
    const { jobs, find } = stage();
    const states = await Promise.all([find(DAY), find(DAY)]);
    expect([...states, await find(DAY)]).to.deep.equal(Array(3).fill({ state: 'counting' }));
    const { jobs: made } = await jobs.list('users', { after: undefined, limit: 10 });
    expect(made.map(({ id, keyId, question }) => ({ id, keyId, question }))).to.deep.equal([
      { id: ID, keyId: 'stage', question: { kind: 'users', from: 10, to: 20, timeZone: 'UTC', actions: undefined } },
    ]);
  });

  it('are there when the job is done, and has as many events as the facts', async () => {
    const counted = stage();
    await counted.find(DAY);
    await count(counted);
    expect(await counted.find(DAY)).to.deep.equal({
      state: 'known',
      topUsers: { users: RESULT.top, erasedEvents: 1 },
    });
    expect(await counted.find({ ...DAY, count: 6 })).to.deep.equal({ state: 'none' });
    expect(await counted.find({ ...DAY, count: 6, digest: 'e'.repeat(64) }), 'other facts').to.deep.equal({
      state: 'counting',
    });
  });

  it('are not waited for if the job has failed, or its result is gone', async () => {
    const failed = stage();
    await failed.find(DAY);
    await failed.jobs.admit('stage', 8);
    await failed.jobs.end(ID, { status: 'failed', reason: 'stalled', now: 9 });
    expect(await failed.find(DAY)).to.deep.equal({ state: 'none' });
    const expired = stage();
    await expired.find(DAY);
    await count(expired);
    expired.files.objects.clear();
    expect(await expired.find(DAY)).to.deep.equal({ state: 'none' });
  });

  it('are none of a day without events', async () => {
    const { jobs, find } = stage();
    const topUsers = { users: [], erasedEvents: 0 };
    expect(await find({ ...DAY, count: 0 })).to.deep.equal({ state: 'known', topUsers });
    expect((await jobs.list('users', { after: undefined, limit: 10 })).jobs).to.deep.equal([]);
  });
});
