import type { ApiResponse } from './response.ts';

/** Every problem of the API by its stable name, which is the end of the `type` URN. */
export const PROBLEMS = {
  'invalid-path': { status: 400, title: 'The path is not valid' },
  'invalid-parameter': { status: 400, title: 'A parameter is not valid' },
  'invalid-header': { status: 400, title: 'A header is not valid' },
  'invalid-json': { status: 400, title: 'The body is not JSON' },
  'invalid-body': { status: 400, title: 'The body is not valid' },
  'no-valid-event': { status: 400, title: 'No event was accepted' },
  unauthorized: { status: 401, title: 'A valid key is needed' },
  forbidden: { status: 403, title: 'The key may not do this' },
  'not-found': { status: 404, title: 'There is no such route' },
  'resource-not-found': { status: 404, title: 'There is no such resource' },
  'method-not-allowed': { status: 405, title: 'The route has no such method' },
  conflict: { status: 409, title: 'The resource is not in a state that allows this' },
  'precondition-failed': { status: 412, title: 'The resource has changed since it was read' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is of an unsupported type' },
  'idempotency-in-progress': { status: 409, title: 'A request with this Idempotency-Key is being answered' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key belongs to another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'too-many-jobs': { status: 429, title: 'The key has too many reports that run or wait' },
  internal: { status: 500, title: 'Unexpected error' },
  unavailable: { status: 503, title: 'The service cannot answer at the moment' },
} as const;

/** The name of a problem. It is stable: callers branch on it. */
export type ProblemName = keyof typeof PROBLEMS;

/** One fault: its place (a JSON pointer into the body, a parameter, or a header) and its description. */
export interface Fault {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly header?: string;
  /** A stable name, if the contract has one. */
  readonly reason?: string;
  readonly detail: string;
}

/** An answer that is an error, before it becomes `application/problem+json`. */
export interface Problem {
  readonly kind: 'problem';
  readonly name: ProblemName;
  readonly detail: string;
  readonly errors?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Makes a problem. `more` has its faults and its additional headers. */
export function problem(
  name: ProblemName,
  detail: string,
  more: { errors?: readonly Fault[]; headers?: Readonly<Record<string, string>> } = {},
): Problem {
  return { kind: 'problem', name, detail, ...more };
}

/** The `type` of a problem in answers. */
export function problemType(name: string): string {
  return `urn:weir:problem:${name}`;
}

/** A 400 that names these bad parameters, at least one. */
export function badParameters(errors: readonly Fault[]): Problem {
  const [first] = errors;
  const detail =
    errors.length === 1 ? `${first?.parameter}: ${first?.detail}` : `${errors.length} parameters are not valid`;
  return problem('invalid-parameter', detail, { errors });
}

/** A 400 that names one bad parameter. */
export function badParameter(parameter: string, detail: string): Problem {
  return badParameters([{ parameter, detail }]);
}

/** A 400 that names one bad header. */
export function badHeader(header: string, detail: string): Problem {
  return problem('invalid-header', `${header}: ${detail}`, { errors: [{ header, detail }] });
}

/** A 503 with `retry-after`. */
export function unavailable(detail: string): Problem {
  return problem('unavailable', detail, { headers: { 'retry-after': '2' } });
}

/** A problem as a response, in the form of RFC 9457. */
export function problemResponse(fault: Problem, requestId: string): ApiResponse {
  const { status, title } = PROBLEMS[fault.name];
  return {
    kind: 'response',
    status,
    headers: { ...fault.headers, 'content-type': 'application/problem+json' },
    body: {
      type: problemType(fault.name),
      title,
      status,
      detail: fault.detail,
      requestId,
      ...(fault.errors && { errors: fault.errors }),
    },
  };
}
