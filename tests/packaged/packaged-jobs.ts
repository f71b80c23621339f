import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoJobsStore, JOB_ID_BYTES, type Job, makeJobId, type Question } from '@weir/dynamodb/jobs';
import { STAGE } from './packaged-stage.ts';

const DAY_MS = 86_400_000;
const TRIES = 600;

/** The jobs of a packaged stage. The environment of this process must lead clients to its AWS. */
export function createPackagedJobs() {
  const store = createDynamoJobsStore({ client: createDynamoDbClient(), tableName: `weir-${STAGE}-reports` });

  /** Writes a job about the last days, as the API does. */
  const ask = async (kind: Question['kind']): Promise<string> => {
    const createdAt = Date.now();
    const id = makeJobId(kind, createdAt, randomBytes(JOB_ID_BYTES));
    const to = (Math.floor(createdAt / DAY_MS) + 1) * DAY_MS;
    const more = kind === 'funnel' ? { steps: ['packaged', 'packaged'], windowSeconds: 60 } : {};
    const question: Question = {
      kind,
      from: to - 2 * DAY_MS,
      to,
      timeZone: 'America/New_York',
      actions: undefined,
      ...more,
    };
    const outcome = await store.create({ id, question, keyId: id, createdAt });
    if (outcome !== 'created') throw new Error(`the job is not made: ${outcome}`);
    return id;
  };

  /** Waits until a job has ended. */
  const ended = async (id: string): Promise<Job> => {
    for (let tries = 0; tries < TRIES; tries++) {
      const job = await store.find(id);
      if (job?.endedAt !== undefined) return job;
      await sleep(100);
    }
    throw new Error(`${id} does not end: ${JSON.stringify(await store.find(id))}`);
  };

  /** A job that has failed before it was planned. The function coordinate may be faster: then with another job. */
  const failUnplanned = async (kind: Question['kind']): Promise<string> => {
    for (let tries = 0; tries < TRIES; tries++) {
      const id = await ask(kind);
      await store.admit(id, Date.now());
      if (await store.end(id, { status: 'failed', reason: 'test', cut: null, now: Date.now() })) return id;
      await ended(id);
    }
    throw new Error(`no ${kind} could be failed before it was planned`);
  };

  return { ask, ended, failUnplanned };
}
