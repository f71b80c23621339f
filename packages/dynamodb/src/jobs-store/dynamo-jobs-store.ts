import { getItem } from '../table/get-item.ts';
import { getItems } from '../table/get-items.ts';
import { partitionQuery, queryPages } from '../table/query-pages.ts';
import type { TableAccess } from '../table/table-access.ts';
import { ItemUpdate } from '../table/updates/item-update.ts';
import { updateIf } from '../table/updates/transact.ts';
import {
  admittedIds,
  canEnd,
  isActive,
  isSameJob,
  queuedJob,
  turnsAfterAdmission,
  turnsWithout,
  turnsWithReopened,
} from './job-changes.ts';
import { jobItem, jobKey, keptUntil, numberList, storedJob, storedTurns, TURNS_PARTITION } from './job-item.ts';
import { firstAsked } from './job-requests.ts';
import { changeTurns, jobKeyOf, updateJob } from './job-turns.ts';
import { ACTIVE_PER_KEY, type Job, type JobEnd, type JobsStore } from './jobs-store.ts';
import { listJobs } from './list-jobs.ts';

/** Jobs in DynamoDB: an item for each, and one with the turns of each key. */
export function createDynamoJobsStore(access: TableAccess): JobsStore {
  const { tableName: TableName } = access;

  async function find(id: string): Promise<Job | undefined> {
    const key = jobKey(id);
    const item = key && (await getItem(access, key));
    return item && storedJob(item);
  }

  async function findAll(ids: readonly string[]): Promise<readonly Job[]> {
    const found = new Map((await getItems(access, ids.map(jobKeyOf))).map(storedJob).map((job) => [job.id, job]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }

  return {
    find,
    firstAsked: (requestId, now) => firstAsked(access, requestId, now),

    create(job) {
      const key = jobKeyOf(job.id);
      return changeTurns(access, { keyId: job.keyId, now: job.createdAt }, async ({ running, waiting }) => {
        const stored = await find(job.id);
        if (stored) return { result: isSameJob(stored, job) ? 'created' : 'exists' };
        if (running.length + waiting.length >= ACTIVE_PER_KEY) return { result: 'full' };
        const Put = { TableName, Item: jobItem(queuedJob(job), key), ...new ItemUpdate().whenNew().buildCondition() };
        return { turns: { running, waiting: [...waiting, job.id] }, writes: [{ Put }], result: 'created' };
      });
    },

    list: (kind, query) => listJobs(access, kind, query),

    async admit(keyId, now) {
      const running = await changeTurns<readonly string[]>(access, { keyId, now }, async (turns) => {
        const ids = admittedIds(turns);
        if (ids.length === 0) return { result: turns.running };
        const admitted = new ItemUpdate().set('status', 'running').set('progressAt', now).when('status', '=', 'queued');
        const writes = ids.map((id) => updateJob(access, id, admitted));
        const after = turnsAfterAdmission(turns, ids);
        return { turns: after, writes, result: after.running };
      });
      return (await findAll(running)).filter(({ status }) => status === 'running');
    },

    async fixCut(id, { cut, phases, now }) {
      const update = new ItemUpdate().set('cut', cut).set('cutAt', now).set('phases', numberList(phases));
      update.set('progressAt', now).when('status', '=', 'running').whenMissing('cut');
      const item = await updateIf(access, jobKeyOf(id), update.build());
      return item ? storedJob(item) : find(id);
    },

    async markSent(id, { cut, now }) {
      const update = new ItemUpdate().set('sentAt', now).when('status', '=', 'running').when('cut', '=', cut);
      await updateIf(access, jobKeyOf(id), update.build());
    },

    async endPart(id, { cut, part, now }) {
      const added = () => {
        return new ItemUpdate()
          .add('done', { NS: [`${part}`] })
          .when('status', '=', 'running')
          .when('cut', '=', cut);
      };
      // A worker that stood still must not take the time of progress back: the sweep would find the job stalled.
      const moved = added().set('progressAt', now).when('progressAt', '<=', now);
      const item =
        (await updateIf(access, jobKeyOf(id), moved.build())) ??
        (await updateIf(access, jobKeyOf(id), added().build()));
      return item && storedJob(item);
    },

    async end(id, end) {
      const keyId = (await find(id))?.keyId;
      if (keyId === undefined) return false;
      return changeTurns(access, { keyId, now: end.now }, async (turns) => {
        const job = await find(id);
        if (!job || !canEnd(job, end)) return { result: false };
        return { turns: turnsWithout(turns, [id]), writes: [updateJob(access, id, endUpdate(job, end))], result: true };
      });
    },

    async reopen(id, { now, anew }) {
      const keyId = (await find(id))?.keyId;
      if (keyId === undefined) return false;
      return changeTurns(access, { keyId, now }, async (read) => {
        if ((await find(id))?.status !== 'failed') return { result: false };
        const turns = turnsWithReopened(read, id);
        const update = new ItemUpdate().set('status', turns.running.includes(id) ? 'running' : 'queued');
        // A job that the table forgot would keep its turn.
        update.set('expiresAt', keptUntil(now)).set('progressAt', now);
        update.remove('reason', 'endedAt', 'sentAt').when('status', '=', 'failed');
        if (anew) update.set('phases', numberList([])).remove('cut', 'cutAt', 'done');
        return { turns, writes: [updateJob(access, id, update)], result: true };
      });
    },

    async *listActive() {
      for await (const page of queryPages(access, partitionQuery(TURNS_PARTITION))) {
        const turns = page.map((item) => storedTurns(item, item.sk?.S ?? ''));
        yield* (await findAll(turns.flatMap(({ running, waiting }) => [...running, ...waiting]))).filter(isActive);
      }
    },
  };
}

/** On condition that nothing changed of what decides whether the job can end so. */
function endUpdate(job: Job, { status, reason, cut, progressAt, now }: JobEnd): ItemUpdate {
  const update = new ItemUpdate().set('status', status).set('endedAt', now).when('status', '=', job.status);
  if (reason !== undefined) update.set('reason', reason);
  if (cut === null) update.whenMissing('cut');
  else if (cut !== undefined) update.when('cut', '=', cut);
  if (progressAt !== undefined) update.when('progressAt', '=', progressAt);
  return update;
}
