import { type Job, partsOf } from '@weir/dynamodb/jobs';

/** Parts of a job that are out at once. */
export const PARTS_OUT = 8;

type JobParts = Pick<Job, 'phases' | 'done'>;

/** The numbers of a phase's parts: from `first` on, before `end`. */
interface Phase {
  readonly first: number;
  readonly end: number;
}

/**
 * The parts to send where nothing is out: after the cut was fixed, or the job reopened. A phase is worked in eight
 * lanes: part *n* is followed by part *n* + 8. If all parts have ended, the number after the last one is sent: its
 * worker only assembles.
 */
export function partsToSend(job: JobParts): readonly number[] {
  const phase = phasesOf(job).find((one) => !isEnded(job, one));
  if (!phase) return [partsOf(job)];
  return numbers(phase.first, Math.min(phase.first + PARTS_OUT, phase.end)).flatMap((lane) => {
    return laneOf(lane, phase.end).find((part) => !job.done.has(part)) ?? [];
  });
}

/**
 * The parts to send after a part has ended. A copy of its message may come long after it: parts that have ended are not
 * sent again, because their own messages send what follows.
 */
export function partsAfter(job: JobParts, part: number): readonly number[] {
  const phases = phasesOf(job);
  const at = phases.findIndex(({ first, end }) => part >= first && part < end);
  const phase = phases[at];
  if (!phase) return [];
  const next = isEnded(job, phase) ? phases[at + 1] : undefined;
  const following = next ? numbers(next.first, Math.min(next.first + PARTS_OUT, next.end)) : [part + PARTS_OUT];
  return following.filter((one) => one < (next ?? phase).end && !job.done.has(one));
}

export function isFull({ phases, done }: JobParts): boolean {
  return done.size === partsOf({ phases });
}

/** The phases that have parts. */
function phasesOf({ phases }: JobParts): readonly Phase[] {
  let end = 0;
  return phases
    .map((parts) => {
      end += parts;
      return { first: end - parts, end };
    })
    .filter(({ first, end }) => end > first);
}

function isEnded({ done }: JobParts, { first, end }: Phase): boolean {
  return numbers(first, end).every((part) => done.has(part));
}

function laneOf(part: number, end: number): readonly number[] {
  return numbers(part, end).filter((one) => (one - part) % PARTS_OUT === 0);
}

function numbers(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}
