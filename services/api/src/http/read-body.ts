import type { Checked } from './check-value.ts';
import { type Problem, problem } from './problem.ts';
import { readJsonBody } from './read-json-body.ts';
import type { ApiRequest } from './request.ts';

/** A body that satisfies its schema. */
export interface CheckedBody<T> {
  readonly kind: 'body';
  readonly value: T;
}

/** Reads a JSON body of at most `maxBytes` and checks it; the problem names every fault with its pointer. */
export function readBody<T>(
  request: ApiRequest,
  check: (value: unknown) => Checked<T>,
  maxBytes: number,
): CheckedBody<T> | Problem {
  const body = readJsonBody(request, maxBytes);
  if (body.kind === 'problem') return body;
  const checked = check(body.value);
  if (checked.kind === 'valid') return { kind: 'body', value: checked.value };
  return problem('invalid-body', 'errors tells what is wrong with the body, and where', { errors: checked.faults });
}
