import { PROBLEMS, type Problem } from '../http/answers/problem.ts';
import type { ApiResponse } from '../http/answers/response.ts';

/** The answer of a route. */
type Answer = ApiResponse | Problem;

/** Statuses that ask the caller to send the same request again, beside all from 500. */
const RETRIED = new Set([408, 429]);

/**
 * The stored form of an answer, without the secret fields of its body. Undefined if the caller should send the request
 * again, which must not get the same answer for ever.
 */
export function rememberAnswer(answer: Answer, secrets: readonly string[]): string | undefined {
  const status = statusOf(answer);
  if (status >= 500 || RETRIED.has(status)) return undefined;
  return JSON.stringify(withoutSecrets(answer, secrets));
}

function statusOf(answer: Answer): number {
  return answer.kind === 'problem' ? PROBLEMS[answer.name].status : answer.status;
}

function withoutSecrets(answer: Answer, secrets: readonly string[]): Answer {
  if (answer.kind === 'problem' || typeof answer.body !== 'object') return answer;
  const kept = Object.entries(answer.body).filter(([name]) => !secrets.includes(name));
  return { ...answer, body: Object.fromEntries(kept) };
}

/** Reads a stored answer and marks it as replayed. It gets the id of the present request. */
export function recallAnswer(text: string): Answer {
  const answer = JSON.parse(text) as Answer;
  return { ...answer, headers: { ...answer.headers, 'idempotency-replayed': 'true' } };
}
