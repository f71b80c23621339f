import { ACTIVE_PER_KEY, makeJobId, type NewJob, type Question, queuedJob } from '@weir/dynamodb/jobs';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Fault, type Problem, problem } from '../../http/answers/problem.ts';
import { type ApiResponse, json } from '../../http/answers/response.ts';
import { mayUseAction, type Principal } from '../../http/callers/principal.ts';
import type { RouteInput } from '../../http/route.ts';
import type { JobsDeps } from './jobs-deps.ts';
import { RETRY_AFTER_SECONDS } from './limits.ts';
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
  const job: NewJob = { id: makeJobId(question.kind, now, deps.random()), question, keyId, createdAt: now };
  const created = await orUnavailable(deps, 'the reports', createJob(deps, job));
  if (created.kind === 'problem') return created;
  if (created.value === 'full') return tooManyJobs();
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

async function createJob({ jobs }: JobsDeps, job: NewJob): Promise<'created' | 'full'> {
  const created = await jobs.create(job);
  if (created === 'exists') throw new Error(`the new id ${job.id} belongs to another job`);
  return created;
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
