import { ACTIVE_PER_KEY, type NewJob, type Question, queuedJob } from '@weir/dynamodb/jobs';
import { mayUseAction } from '@weir/keys';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Fault, type Problem, problem } from '../../http/answers/problem.ts';
import { type ApiResponse, json } from '../../http/answers/response.ts';
import type { Principal } from '../../http/callers/principal.ts';
import type { RouteInput } from '../../http/route.ts';
import { readIdempotencyKey } from '../../idempotency/read-idempotency-key.ts';
import type { JobsDeps } from './jobs-deps.ts';
import { RETRY_AFTER_SECONDS } from './limits.ts';
import { type AskedJob, nameJob } from './name-job.ts';
import { presentJob } from './present-job.ts';
import { readQuestion } from './read-question.ts';

/** Answers `POST /v1/reports`: writes the job. The table's stream starts its work. */
export async function answerNewJob(deps: JobsDeps, { request, principal }: RouteInput): Promise<ApiResponse | Problem> {
  const now = deps.now();
  const asked = await readQuestion(request, now);
  if (asked.kind === 'problem') return asked;
  const { question } = asked;
  const excess = findExcess(question, principal);
  if (excess.length > 0) {
    return problem('forbidden', 'the key is limited to action prefixes: name actions that it may use', {
      errors: excess,
    });
  }
  const { keyId } = principal;
  const idempotencyKey = readIdempotencyKey(request);
  if (typeof idempotencyKey === 'object') return idempotencyKey;
  const made = await orUnavailable(deps, 'the reports', createJob(deps, { question, keyId, idempotencyKey, now }));
  if (made.kind === 'problem') return made;
  const { job, created } = made.value;
  if (created === 'full') return tooManyJobs();
  if (created === 'exists') return problem('idempotency-key-reused', 'the Idempotency-Key belongs to another question');
  deps.log.info('Queued a job', { jobId: job.id, byKeyId: keyId });
  return json(202, presentJob(queuedJob(job)), { location: `/v1/reports/${job.id}` });
}

/** The actions that the key may not use, or the missing list of actions. */
function findExcess({ kind, actions, steps }: Question, principal: Principal): Fault[] {
  if (principal.actionPrefixes === undefined) return [];
  const field = kind === 'funnel' ? 'steps' : 'actions';
  const named = kind === 'funnel' ? steps : actions;
  const own = principal.actionPrefixes.join(', ');
  if (named === undefined) return [{ pointer: `/${field}`, detail: `is required: the key is limited to ${own}` }];
  return [...named.entries()]
    .filter(([, action]) => !mayUseAction(principal, action))
    .map(([at]) => ({ pointer: `/${field}/${at}`, detail: `must begin with one of ${own}` }));
}

async function createJob(deps: JobsDeps, asked: AskedJob) {
  const job: NewJob = await nameJob(deps, asked);
  const created = await deps.jobs.create(job);
  if (created === 'exists' && asked.idempotencyKey === undefined) {
    throw new Error(`the new id ${job.id} belongs to another job`);
  }
  return { job, created };
}

function tooManyJobs(): Problem {
  return problem(
    'too-many-jobs',
    `${ACTIVE_PER_KEY} reports of the key run or wait; wait until one ends, or cancel one`,
    {
      headers: { 'retry-after': `${RETRY_AFTER_SECONDS}` },
    },
  );
}
