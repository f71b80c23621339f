import { type Fault, PROBLEMS, type ProblemName, problemType } from '../../http/answers/problem.ts';
import type { Part } from './schema-parts.ts';

/** Details for the examples of problems, where they help the reader. */
const DETAILS: Readonly<Record<string, { readonly detail: string; readonly errors?: readonly Fault[] }>> = {
  'invalid-parameter': {
    detail: 'interval: must be minute, hour, day, week or month',
    errors: [{ parameter: 'interval', detail: 'must be minute, hour, day, week or month' }],
  },
  'invalid-header': {
    detail: 'Idempotency-Key: must be 1 to 255 printable ASCII characters',
    errors: [{ header: 'Idempotency-Key', detail: 'must be 1 to 255 printable ASCII characters' }],
  },
  'invalid-json': {
    detail: 'not JSON at character 21 (line 2, column 10)',
    errors: [{ pointer: '', detail: 'not JSON at character 21 (line 2, column 10)' }],
  },
  'invalid-body': {
    detail: 'errors lists each fault of the body, with its place',
    errors: [{ pointer: '/name', detail: 'is missing' }],
  },
  'no-valid-event': {
    detail: 'all 1 events were refused',
    errors: [{ pointer: '/events/0/action', reason: 'shape', detail: 'is missing' }],
  },
  unauthorized: {
    detail: 'the key is unknown, expired or removed, or the header is not of the form Authorization: Bearer <key>',
  },
  'unsupported-media-type': { detail: 'send the body as content-type: application/json' },
  unavailable: { detail: 'keys cannot be checked at the moment' },
};

/** The request id of all examples. */
export const REQUEST_ID = '6f1c2d9e-8a0b-4c57-9d13-0d5c1d3f7a10';

/** An example of the named problem, under its name. */
export function problemExample(name: ProblemName): readonly [name: string, example: Part] {
  const { status, title } = PROBLEMS[name];
  return [name, { value: { type: problemType(name), title, status, requestId: REQUEST_ID, ...DETAILS[name] } }];
}
