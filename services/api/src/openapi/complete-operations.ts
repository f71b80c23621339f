import type { ProblemName } from '../http/answers/problem.ts';
import { MAX_IDEMPOTENCY_KEY } from '../idempotency/read-idempotency-key.ts';
import { problems } from './parts/answers.ts';
import type { Part } from './parts/schema-parts.ts';

/** Problems that every request with a key, and every POST, can get before its route answers. */
const KEYED: readonly ProblemName[] = ['too-many-requests'];
const POST: readonly ProblemName[] = ['invalid-header', 'idempotency-in-progress', 'idempotency-key-reused'];

/** Statuses that are answered before the rate limit is checked. */
const UNLIMITED = new Set(['401', '403']);

const LIMIT_HEADER_REFS = {
  RateLimit: { $ref: '#/components/headers/RateLimit' },
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Identifies the request: 1 to 255 printable ASCII characters. The same request, sent again within a day with the same key ' +
    'and body, is not done again. It gets the same answer without its secrets, with `idempotency-replayed: true`.',
  schema: { type: 'string', minLength: 1, maxLength: MAX_IDEMPOTENCY_KEY, pattern: '^[ -~]*$' },
};

/** The rate limit's headers, as these answers refer to them. */
export const LIMIT_HEADERS: Part = {
  RateLimit: {
    description: 'The rest of the quota, and the seconds until the whole quota is available again',
    schema: { type: 'string' },
  },
  RateLimitPolicy: { description: 'The quota, and the seconds in which it refills', schema: { type: 'string' } },
};

interface ProblemAnswer {
  readonly description: string;
  readonly content: { readonly 'application/problem+json': { readonly schema: Part; readonly examples: Part } };
}

/** Adds to operations, by path and method, what all operations of a kind have in common. */
export function completeOperations(paths: Readonly<Record<string, Part>>): Record<string, Part> {
  const entries = Object.entries(paths).map(([path, methods]) => {
    const operations = Object.entries(methods as Record<string, Part>);
    return [path, Object.fromEntries(operations.map(([method, own]) => [method, completeOperation(method, own)]))];
  });
  return Object.fromEntries(entries);
}

function completeOperation(method: string, operation: Part): Part {
  const {
    security,
    responses,
    parameters = [],
  } = operation as {
    security?: readonly unknown[];
    responses: Part;
    parameters?: readonly unknown[];
  };
  // An operation that needs no key has an empty list.
  const isKeyed = security === undefined || security.length > 0;
  const isPost = method === 'post';
  const added = problems(...(isKeyed ? KEYED : []), ...(isPost ? POST : []));
  const all = mergeResponses(responses, added);
  return {
    ...operation,
    ...(isPost && { parameters: [...parameters, IDEMPOTENCY_KEY] }),
    responses: isKeyed ? withLimitHeaders(all) : all,
  };
}

function mergeResponses(own: Part, more: Part): Part {
  const merged = Object.entries(more).map(([status, answer]) => {
    const before = own[status];
    return [status, before ? eitherOf(before as ProblemAnswer, answer as ProblemAnswer) : answer];
  });
  return { ...own, ...Object.fromEntries(merged) };
}

/** One answer for two problems with the same status. */
function eitherOf(one: ProblemAnswer, other: ProblemAnswer): ProblemAnswer {
  const [a, b] = [one.content['application/problem+json'], other.content['application/problem+json']];
  const content = { 'application/problem+json': { ...b, examples: { ...b.examples, ...a.examples } } };
  const known = new Set(Object.keys(a.examples));
  const isNew = Object.keys(b.examples).some((name) => !known.has(name));
  return { ...other, description: isNew ? `${one.description}; ${other.description}` : one.description, content };
}

function withLimitHeaders(responses: Part): Part {
  const entries = Object.entries(responses as Record<string, Part>).map(([status, response]) => {
    if (UNLIMITED.has(status)) return [status, response];
    return [status, { ...response, headers: { ...(response.headers as Part), ...LIMIT_HEADER_REFS } }];
  });
  return Object.fromEntries(entries);
}
