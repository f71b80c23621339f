import type { Redriven, Reopened } from './redrive-jobs.ts';

/** What a redrive has done, a sentence a line. */
export function describeRedriven({ reopened, resent, needless, unreadable, records }: Redriven): string {
  const lines = [
    ...[...reopened].map(([id, reason]) => describeReopened(id, reason)),
    ...(resent > 0 ? [`${counted(resent, 'part')} of jobs that run ${resent === 1 ? 'is' : 'are'} tried again.`] : []),
    ...(needless > 0 ? [`Deleted ${counted(needless, 'part')} of jobs that have ended.`] : []),
    ...unreadable.map((body) => `Deleted a message that names no part: ${body}`),
    ...(records > 0 ? [`Deleted ${counted(records, 'record')} of new or ended jobs: the sweep begins such jobs.`] : []),
  ];
  return lines.length === 0 ? 'There are no dead letters.' : lines.join('\n');
}

/** What came of one job that an operator named. */
export function describeJob(id: string, answer: Reopened): string {
  if (answer.outcome === 'reopened') return describeReopened(id, answer.reason);
  if (answer.outcome === 'unknown') return `There is no job ${id}.`;
  return `The job ${id} has not failed: it ${answer.outcome === 'active' ? 'runs or waits' : 'has ended'}.`;
}

function describeReopened(id: string, reason: string): string {
  return `The job ${id} had failed (${reason}), and runs again. Follow it by GET /v1/reports/${id}.`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
