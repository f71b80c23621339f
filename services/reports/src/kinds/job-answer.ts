import type { Question } from '@weir/dynamodb/jobs';
import type { JobResult } from './results.ts';

/** The part of a question that the files of its result show. */
export type AskedQuestion = Pick<Question, 'from' | 'to' | 'timeZone' | 'actions'>;

/** A question with its result. */
export interface JobAnswer<Result extends JobResult = JobResult> {
  readonly question: AskedQuestion;
  readonly result: Result;
}
