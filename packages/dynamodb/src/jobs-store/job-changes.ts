import { type FixedCut, type Job, type JobEnd, type NewJob, RUNNING_PER_KEY } from './jobs-store.ts';
import { canonicalQuestion } from './question-json.ts';

/** The jobs of a key that run, and those that wait, in their order. */
export interface Turns {
  readonly running: readonly string[];
  readonly waiting: readonly string[];
}

export const NO_TURNS: Turns = { running: [], waiting: [] };

/** A job as it is first written. */
export function queuedJob({ id, question, keyId, createdAt }: NewJob): Job {
  return {
    ...{ id, question, keyId, createdAt, status: 'queued', reason: undefined, cut: undefined, cutAt: undefined },
    ...{ phases: [], done: new Set(), sentAt: undefined, progressAt: createdAt, endedAt: undefined },
  };
}

/** Whether a stored job is this very one: its write was made, and the answer was lost. */
export function isSameJob(stored: Job, job: NewJob): boolean {
  const isOfCaller = stored.keyId === job.keyId && stored.createdAt === job.createdAt;
  return isOfCaller && canonicalQuestion(stored.question) === canonicalQuestion(job.question);
}

/** The waiting jobs whose turn it is. */
export function admittedIds({ running, waiting }: Turns): readonly string[] {
  return waiting.slice(0, Math.max(0, RUNNING_PER_KEY - running.length));
}

/** The turns after these waiting jobs were admitted. */
export function turnsAfterAdmission({ running, waiting }: Turns, ids: readonly string[]): Turns {
  return { running: [...running, ...ids], waiting: waiting.filter((id) => !ids.includes(id)) };
}

/** The turns without these jobs. */
export function turnsWithout({ running, waiting }: Turns, ids: readonly string[]): Turns {
  const isLeft = (id: string) => !ids.includes(id);
  return { running: running.filter(isLeft), waiting: waiting.filter(isLeft) };
}

/** The turns after a failed job was reopened. It waits before all others if there is no room. */
export function turnsWithReopened({ running, waiting }: Turns, id: string): Turns {
  if (running.length < RUNNING_PER_KEY) return { running: [...running, id], waiting };
  return { running, waiting: [id, ...waiting] };
}

export function canFixCut({ status, cut }: Job): boolean {
  return status === 'running' && cut === undefined;
}

export function withCut(job: Job, { cut, phases, now }: FixedCut): Job {
  return { ...job, cut, phases, cutAt: now, progressAt: now };
}

export function isActive({ status }: Pick<Job, 'status'>): boolean {
  return status === 'queued' || status === 'running';
}

/** Whether this end is one that the job can have now: only a running job is done or has failed. */
export function canEnd(job: Job, { status, cut, progressAt }: JobEnd): boolean {
  const isOpen = status === 'cancelled' ? isActive(job) : job.status === 'running';
  const hasCut = cut === undefined || (job.cut ?? null) === cut;
  return isOpen && hasCut && (progressAt === undefined || job.progressAt === progressAt);
}
