import { createHash } from 'node:crypto';
import { type Problem, problem, unavailable } from '../http/answers/problem.ts';
import type { ApiResponse } from '../http/answers/response.ts';
import type { Route, RouteInput } from '../http/route.ts';
import { readIdempotencyKey } from './read-idempotency-key.ts';
import { recallAnswer, rememberAnswer } from './remembered-answer.ts';
import type { OnceOutcome, RunOnce } from './run-once.ts';

/** A request with its route. */
export interface RoutedRequest {
  readonly route: Route;
  readonly input: RouteInput;
  /** The time that the function has left, in milliseconds. */
  readonly remainingMs: number;
}

/**
 * Answers a request. A POST with an `Idempotency-Key` runs once for each caller, path and key; after that it gets the
 * stored answer.
 */
export async function answerOnce(
  runOnce: RunOnce | undefined,
  { route, input, remainingMs }: RoutedRequest,
): Promise<ApiResponse | Problem> {
  const key = route.method === 'POST' ? readIdempotencyKey(input.request) : undefined;
  if (key === undefined || !runOnce) return route.answer(input);
  if (typeof key !== 'string') return key;
  let answer: ApiResponse | Problem | undefined;
  const request = { id: idOf(input, key), fingerprint: fingerprintOf(input), remainingMs };
  const outcome = await runOnce(request, async () => {
    answer = await route.answer(input);
    return rememberAnswer(answer, route.secrets ?? []);
  });
  if (outcome.kind !== 'ran') return explain(outcome);
  if (!answer) throw new Error('a request ran without an answer');
  return answer;
}

function idOf({ request, principal }: RouteInput, key: string): string {
  return JSON.stringify([principal.keyId, request.method, request.path, key]);
}

/** A hash of the body's bytes, of the headers that say how to read them, and of the query. */
function fingerprintOf({ request }: RouteInput): string {
  const { query, headers, body = '', isBase64 } = request;
  const about = [[...query].sort(), headers.get('content-type') ?? '', headers.get('content-encoding') ?? ''];
  return createHash('sha256')
    .update(JSON.stringify(about))
    .update(Buffer.from(body, isBase64 ? 'base64' : 'utf8'))
    .digest('base64');
}

function explain(outcome: Exclude<OnceOutcome, { kind: 'ran' }>): ApiResponse | Problem {
  switch (outcome.kind) {
    case 'replay':
      return recallAnswer(outcome.text);
    case 'in-progress': {
      const detail =
        'a request with this Idempotency-Key is being answered; send it again after the time in retry-after';
      return problem('idempotency-in-progress', detail, { headers: { 'retry-after': '1' } });
    }
    case 'reused':
      return problem('idempotency-key-reused', 'the Idempotency-Key belongs to a request with another body');
    case 'unavailable':
      return unavailable('send the request again: it is unknown at the moment whether it was answered before');
  }
}
