import { PROBLEMS, type ProblemName } from '../../http/answers/problem.ts';
import { problemExample } from './problem-examples.ts';
import type { Part } from './schema-parts.ts';

const REQUEST_ID = { 'x-request-id': { $ref: '#/components/headers/RequestId' } };

/** A successful answer of the named schema. */
export function success(description: string, schema: string, example: unknown): Part {
  return {
    description,
    headers: REQUEST_ID,
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` }, example } },
  };
}

/** A successful answer without a body. */
export function done(description: string): Part {
  return { description, headers: REQUEST_ID };
}

/** The named problems as answers by status. 500 and 503 are always among them. */
export function problems(...names: ProblemName[]): Part {
  const all = [...new Set<ProblemName>([...names, 'internal', 'unavailable'])];
  const statuses = [...new Set(all.map((name) => PROBLEMS[name].status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const here = all.filter((name) => PROBLEMS[name].status === status);
      const content = {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(here.map(problemExample)),
      };
      const description = here.map((name) => PROBLEMS[name].title).join('; ');
      return [status, { description, headers: REQUEST_ID, content: { 'application/problem+json': content } }];
    }),
  );
}
