import type { Meter } from '@weir/logging';

/** The end of a job; false if it has ended before. */
export type EndJob<Ending> = (id: string, ending: Ending) => Promise<boolean>;

/** Counts the jobs that fail: an alarm watches their number. */
export function countFailedJobs<Ending extends { readonly status: string }>(
  end: EndJob<Ending>,
  meter: Meter,
): EndJob<Ending> {
  return async (id, ending) => {
    const isFirst = await end(id, ending);
    if (isFirst && ending.status === 'failed') meter.count('JobsFailed', 1);
    return isFirst;
  };
}
