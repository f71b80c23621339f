import { expect } from 'chai';
import { PROBLEMS, type ProblemName, problemType } from '../http/answers/problem.ts';
import type { Answer } from './api-event.ts';

/** Fails unless the answer is the named problem in its full form. */
export function expectProblem(answer: Answer, name: ProblemName): void {
  const { status, title } = PROBLEMS[name];
  expect(answer.body).to.include({ type: problemType(name), title, status, requestId: 'request-1' });
  expect(answer.status).to.equal(status);
  expect(answer.headers).to.include({ 'content-type': 'application/problem+json', 'x-request-id': 'request-1' });
}

/** Fails if the answer is an error of the service itself, or an error that is not a problem. */
export function expectSound(answer: Answer): void {
  expect(answer.status, JSON.stringify(answer.body)).to.be.below(500);
  expect(answer.headers['x-request-id']).to.equal('request-1');
  const isError = answer.status >= 400;
  expect(answer.headers['content-type']).to.equal(isError ? 'application/problem+json' : 'application/json');
  if (isError) expect(answer.body).to.include.keys('type', 'title', 'status', 'detail', 'requestId');
}
