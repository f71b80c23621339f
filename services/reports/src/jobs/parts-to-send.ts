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
  return firstParts(phase).flatMap((lane) => firstOpen(job, lane, phase.end) ?? []);
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
  const following = next ? firstParts(next) : [part + PARTS_OUT];
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

/** Asked at the end of each part, of thousands of them: it makes no list. */
function isEnded({ done }: JobParts, { first, end }: Phase): boolean {
  for (let part = first; part < end; part++) if (!done.has(part)) return false;
  return true;
}

/** The first part of a lane that has not ended. */
function firstOpen({ done }: JobParts, lane: number, end: number): number | undefined {
  for (let part = lane; part < end; part += PARTS_OUT) if (!done.has(part)) return part;
  return undefined;
}

function firstParts({ first, end }: Phase): readonly number[] {
  return Array.from({ length: Math.min(PARTS_OUT, end - first) }, (_, at) => first + at);
}
