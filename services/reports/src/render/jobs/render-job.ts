import type { Question } from '@weir/dynamodb/jobs';
import type { JobFiles } from '../../jobs/job-kind.ts';
import type { JobResult } from '../../kinds/results.ts';

/** The part of a question that the files of its result show. */
export type AskedQuestion = Pick<Question, 'from' | 'to' | 'timeZone' | 'actions'>;

/** A question with its result. */
export interface JobAnswer<Result extends JobResult = JobResult> {
  readonly question: AskedQuestion;
  readonly result: Result;
}

/** Makes the files of a result, the same bytes each time. Nothing is read before a file is. */
export async function renderJob(_answer: JobAnswer): Promise<JobFiles> {
  throw new Error('there are no renderers yet');
}
