import { type Job, jobKindOf } from '@weir/dynamodb/jobs';
import type { Principal } from '../../http/callers/principal.ts';
import type { JobsDeps } from './jobs-deps.ts';
import { ASKED_KINDS } from './limits.ts';

/** The job of an id, if the key may see it: a key with prefixes sees only its own. */
export async function findJob(
  { jobs }: Pick<JobsDeps, 'jobs'>,
  id: string,
  { keyId, actionPrefixes }: Principal,
): Promise<Job | undefined> {
  const kind = jobKindOf(id);
  const job = ASKED_KINDS.some((asked) => asked === kind) ? await jobs.find(id) : undefined;
  return actionPrefixes === undefined || job?.keyId === keyId ? job : undefined;
}
