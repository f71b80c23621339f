import { PROBLEMS, type ProblemName, problemType } from '../http/problem.ts';
import type { Part } from './schema-parts.ts';

const requestId = { 'x-request-id': { $ref: '#/components/headers/RequestId' } };
const REQUEST_ID = '6f1c2d9e-8a0b-4c57-9d13-0d5c1d3f7a10';

/** A successful answer of the named schema. */
export function success(description: string, schema: string, example: unknown): Part {
  return {
    description,
    headers: requestId,
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` }, example } },
  };
}

/** A successful answer without a body. */
export function done(description: string): Part {
  return { description, headers: requestId };
}

function exampleOf(name: ProblemName): [string, Part] {
  const { status, title } = PROBLEMS[name];
  return [name, { value: { type: problemType(name), title, status, requestId: REQUEST_ID } }];
}

/** The named problems as answers by status; 500 and 503 always belong to them. */
export function problems(...names: ProblemName[]): Part {
  const all: ProblemName[] = [...names, 'internal', 'unavailable'];
  const statuses = [...new Set(all.map((name) => PROBLEMS[name].status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const here = all.filter((name) => PROBLEMS[name].status === status);
      const content = {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(here.map(exampleOf)),
      };
      const description = here.map((name) => PROBLEMS[name].title).join('; ');
      return [status, { description, headers: requestId, content: { 'application/problem+json': content } }];
    }),
  );
}
