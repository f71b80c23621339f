import { badHeader, type Problem } from '../http/answers/problem.ts';
import type { ApiRequest } from '../http/requests/request.ts';

/** The most characters of an `Idempotency-Key`. */
export const MAX_IDEMPOTENCY_KEY = 255;

const IDEMPOTENCY_KEY = /^[\x20-\x7e]{1,255}$/;

/** The `Idempotency-Key` of a request; undefined if it has none. */
export function readIdempotencyKey(request: ApiRequest): string | undefined | Problem {
  const key = request.headers.get('idempotency-key');
  if (key === undefined || IDEMPOTENCY_KEY.test(key)) return key;
  return badHeader('Idempotency-Key', `must be 1 to ${MAX_IDEMPOTENCY_KEY} printable ASCII characters`);
}
