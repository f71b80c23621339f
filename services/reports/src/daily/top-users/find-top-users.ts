import type { ObjectStore } from '@weir/archive';
import { type JobsStore, jobFileKey } from '@weir/dynamodb/jobs';
import type { TopUsersResult } from '../../kinds/top-users/top-users-method.ts';
import type { CountedDay, FindTopUsers, TopUsersState } from './top-users.ts';

/** The key that asks: it takes turns with no caller's key. */
const KEY_ID = 'stage';
const DIGEST_CHARACTERS = 32;

export interface TopUsersDeps {
  readonly jobs: Pick<JobsStore, 'create' | 'find'>;
  /** The bucket of reports. */
  readonly files: Pick<ObjectStore, 'find'>;
  readonly now: () => number;
}

/**
 * Top users that a job counts from the archive. The job's id derives from the day and its facts: runs that ask twice, or
 * at once, make one job. Its result is taken only if it has as many events as the facts.
 */
export function createFindTopUsers(deps: TopUsersDeps): FindTopUsers {
  return async (counted) => {
    if (counted.count === 0) return { state: 'known', topUsers: { users: [], erasedEvents: 0 } };
    const id = jobIdOf(counted);
    const job = await deps.jobs.find(id);
    if (!job) return beginJob(deps, id, counted);
    if (job.status === 'queued' || job.status === 'running') return { state: 'counting' };
    if (job.status !== 'done') return { state: 'none' };
    const found = await deps.files.find(jobFileKey(job, 'json'));
    return found
      ? agreed(JSON.parse(Buffer.from(found.bytes).toString()) as TopUsersResult, counted)
      : { state: 'none' };
  };
}

async function beginJob(
  { jobs, now }: TopUsersDeps,
  id: string,
  { day, timeZone }: CountedDay,
): Promise<TopUsersState> {
  const question = { kind: 'users', from: day.from, to: day.to, timeZone, actions: undefined } as const;
  // If the stage has as many jobs as may wait, a later run asks again.
  await jobs.create({ id, question, keyId: KEY_ID, createdAt: now() });
  return { state: 'counting' };
}

/** Events that came between the facts and the job are in one of them only. */
function agreed({ top, counted, erasedEvents }: TopUsersResult, { count }: CountedDay): TopUsersState {
  if (counted + erasedEvents !== count) return { state: 'none' };
  return { state: 'known', topUsers: { users: top, erasedEvents } };
}

function jobIdOf({ day, digest }: CountedDay): string {
  return `users-${day.date}-${digest.slice(0, DIGEST_CHARACTERS)}`;
}
