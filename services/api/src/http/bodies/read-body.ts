import { type Fault, type Problem, problem } from '../answers/problem.ts';
import type { ApiRequest } from '../requests/request.ts';
import type { Checked } from './check-value.ts';
import { findUnkeptFaults } from './find-unkept-faults.ts';
import { firstByPointer } from './first-by-pointer.ts';
import { readJsonBody } from './read-json-body.ts';

/** A body that satisfies its schema. */
export interface CheckedBody<T> {
  readonly kind: 'body';
  readonly value: T;
}

/** Reads a JSON body of at most `maxBytes` and checks it. The problem lists every fault with its pointer. */
export function readBody<T>(
  request: ApiRequest,
  check: (value: unknown) => Checked<T>,
  maxBytes: number,
): CheckedBody<T> | Problem {
  const body = readJsonBody(request, maxBytes);
  if (body.kind === 'problem') return body;
  const unkept = findUnkeptFaults(body.text);
  const checked = check(body.value);
  if (checked.kind === 'faults') return badBody([...unkept, ...checked.faults]);
  return unkept.length > 0 ? badBody(unkept) : { kind: 'body', value: checked.value };
}

/** A 400 that lists the faults of a body, the first one of each pointer. */
export function badBody(faults: readonly Fault[]): Problem {
  const errors = firstByPointer(faults);
  return problem('invalid-body', 'errors lists each fault of the body, with its place', { errors });
}
