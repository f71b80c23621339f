import { type Job, partsOf } from '@weir/dynamodb/jobs';
import { formatTime } from '../../times/parse-time.ts';

/** A job as answers have it, without the links to its files. */
export function presentJob(job: Job) {
  const { id, question, status, reason, done, createdAt, endedAt } = job;
  const { kind, from, to, timeZone, actions, steps, windowSeconds } = question;
  return {
    ...{ id, kind, status, ...(reason !== undefined && { reason }) },
    // Until the work begins, nobody knows how many parts it has.
    parts: { done: done.size, total: partsOf(job) },
    ...{ from: formatTime(from), to: formatTime(to), timeZone },
    ...(actions && { actions }),
    ...(steps && { steps, windowSeconds }),
    createdAt: formatTime(createdAt),
    ...(endedAt !== undefined && { endedAt: formatTime(endedAt) }),
  };
}
