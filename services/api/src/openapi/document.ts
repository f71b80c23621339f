import { SCOPES } from '../http/callers/scopes.ts';
import { API_PATH } from '../http/requests/base-url.ts';
import { LIMIT_HEADERS } from './complete-operations.ts';
import type { Part } from './parts/schema-parts.ts';
import { PATHS, SCHEMAS } from './paths.ts';
import { TAGS } from './resources.ts';

const DESCRIPTION = `Weir counts each event exactly once, and answers with the counts.

**Keys.** Every request except those under About needs \`Authorization: Bearer <key>\`. A key has scopes. Each operation names the scope that it needs; a key without this scope gets a 403.

**Bodies** are JSON in UTF-8. They may be compressed: \`content-encoding: gzip\`. Times in answers are RFC 3339 in UTC with milliseconds.

**Errors** are \`application/problem+json\` (RFC 9457). Branch on \`type\`, which is stable; \`title\` and \`detail\` are for people. If parts of the request are wrong, \`errors\` lists them: each with a JSON \`pointer\` into the body, a \`parameter\`, or a \`header\`.

**Lists** are \`{"items":[]}\`. If there are more items, the answer has a \`cursor\`: send it back to get the next page.

**Retries.** After 429, 502, 503 and 504, wait for the time in \`retry-after\`, then send the same request again. Every answer has \`x-request-id\`, which identifies it in the log.`;

/** The stage's parts of the document. */
export interface DocumentOptions {
  /** Where callers can reach the operators. */
  readonly contactUrl?: string | undefined;
}

/** The OpenAPI 3.1 document of the API. Its server is only a path; `withServer` replaces it by an address. */
export function createOpenApiDocument({ contactUrl }: DocumentOptions = {}): Part {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Weir',
      version: '1.0.0',
      summary: 'Counts events exactly once',
      description: DESCRIPTION,
      contact: { name: 'The operators of this Weir', ...(contactUrl !== undefined && { url: contactUrl }) },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: API_PATH, description: 'At the host of this document' }],
    security: [{ key: [] }],
    tags: usedTags(),
    paths: pathsBelowServer(),
    components: {
      schemas: SCHEMAS,
      headers: {
        RequestId: { description: 'Identifies the request in the log', required: true, schema: { type: 'string' } },
        ...LIMIT_HEADERS,
      },
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: `A key with the scope that the operation names: one of ${SCOPES.map((scope) => `\`${scope}\``).join(', ')}`,
        },
      },
    },
  };
}

/** The tags of operations, in the order of `TAGS`. */
function usedTags(): Part[] {
  const operations = Object.values(PATHS).flatMap((methods) => Object.values(methods as Record<string, Part>));
  const used = new Set(operations.flatMap(({ tags = [] }) => tags as string[]));
  return TAGS.filter(({ name }) => used.has(name));
}

/** The paths without the server's part, as a client appends them to the server's address. */
function pathsBelowServer(): Part {
  return Object.fromEntries(Object.entries(PATHS).map(([path, methods]) => [path.slice(API_PATH.length), methods]));
}
