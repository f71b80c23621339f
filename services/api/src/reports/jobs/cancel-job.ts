import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Problem, problem } from '../../http/answers/problem.ts';
import { type ApiResponse, empty } from '../../http/answers/response.ts';
import type { Principal } from '../../http/callers/principal.ts';
import { findJob } from './find-job.ts';
import type { JobsDeps } from './jobs-deps.ts';

/** Cancels a queued or running job. Its workers look before each part, and stop. */
export async function cancelJob(
  deps: JobsDeps,
  id: string,
  principal: Principal,
): Promise<ApiResponse | Problem | 'unknown'> {
  const found = await orUnavailable(deps, 'the report', findJob(deps, id, principal));
  if (found.kind === 'problem') return found;
  if (!found.value) return 'unknown';
  const ended = await orUnavailable(deps, 'the report', deps.jobs.end(id, { status: 'cancelled', now: deps.now() }));
  if (ended.kind === 'problem') return ended;
  if (!ended.value) return problem('conflict', 'the report has ended: only a queued or running one can be cancelled');
  deps.log.info('Cancelled a job', { jobId: id, byKeyId: principal.keyId });
  return empty(204);
}
