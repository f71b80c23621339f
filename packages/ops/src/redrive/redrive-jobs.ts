import { type DeadLetter, type DeadLetters, lettersOf } from './dead-letters.ts';

/** What came of a job that is to be opened again. */
export type Reopened =
  /** It had failed for this reason, and its parts are sent again. */
  | { readonly outcome: 'reopened'; readonly reason: string }
  /** It runs or waits. */
  | { readonly outcome: 'active' }
  /** It is done, or was cancelled. */
  | { readonly outcome: 'ended' }
  | { readonly outcome: 'unknown' };

/** What a redrive needs of a stage. */
export interface RedriveDeps {
  /** Opens a failed job again, and sends those of its parts that have not ended. */
  readonly reopen: (jobId: string) => Promise<Reopened>;
  /** Parts that failed in all attempts. */
  readonly parts: DeadLetters;
  /** Positions of records that could not be processed. The sweep finds their jobs, so they are only deleted. */
  readonly records: DeadLetters;
  /** Puts the body of a message on the queue of parts. */
  readonly send: (body: string) => Promise<void>;
}

/** What a redrive has done. */
export interface Redriven {
  /** Failed jobs that run again, each with the reason for which it had failed. */
  readonly reopened: ReadonlyMap<string, string>;
  /** Parts of jobs that had not failed yet. */
  readonly resent: number;
  /** Parts of jobs that need them no more. */
  readonly needless: number;
  /** Texts that are no message of a part. */
  readonly unreadable: readonly string[];
  readonly records: number;
}

type LetterOutcome = 'reopened' | 'resent' | 'needless' | 'unreadable';

/**
 * Opens each job again that has dead letters, and empties both queues. A letter is deleted last: if the redrive dies,
 * the next one does again what it has not finished.
 */
export async function redriveJobs(deps: RedriveDeps): Promise<Redriven> {
  const reopened = new Map<string, string>();
  const unreadable: string[] = [];
  const counts = { reopened: 0, resent: 0, needless: 0, unreadable: 0 };
  for await (const letter of lettersOf(deps.parts)) {
    const outcome = await redriveLetter(deps, letter, reopened);
    counts[outcome]++;
    if (outcome === 'unreadable') unreadable.push(letter.body);
    await deps.parts.delete(letter);
  }
  const { resent, needless } = counts;
  return { reopened, resent, needless, unreadable, records: await empty(deps.records) };
}

async function redriveLetter(
  { reopen, send }: RedriveDeps,
  { body }: DeadLetter,
  reopened: Map<string, string>,
): Promise<LetterOutcome> {
  const jobId = jobIdIn(body);
  if (jobId === undefined) return 'unreadable';
  // With its job, all open parts were sent again.
  if (reopened.has(jobId)) return 'reopened';
  const answer = await reopen(jobId);
  if (answer.outcome === 'reopened') {
    reopened.set(jobId, answer.reason);
    return 'reopened';
  }
  if (answer.outcome !== 'active') return 'needless';
  // Its worker was killed in each attempt, and the job does not count as stalled yet.
  await send(body);
  return 'resent';
}

function jobIdIn(body: string): string | undefined {
  try {
    const { jobId } = JSON.parse(body) as { readonly jobId?: unknown };
    return typeof jobId === 'string' ? jobId : undefined;
  } catch {
    return undefined;
  }
}

async function empty(queue: DeadLetters): Promise<number> {
  let count = 0;
  for await (const letter of lettersOf(queue)) {
    await queue.delete(letter);
    count++;
  }
  return count;
}
