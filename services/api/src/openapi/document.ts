import { LIMIT_HEADERS } from './complete-operations.ts';
import { PATHS, SCHEMAS } from './paths.ts';
import type { Part } from './schema-parts.ts';

/** The OpenAPI 3.1 document of the API. */
export function createOpenApiDocument(): Part {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Weir',
      version: '1.0.0',
      description: 'Counts events exactly once.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    // Against the document's own address, which may lie under a stage's path.
    servers: [{ url: '..' }],
    security: [{ key: [] }],
    paths: PATHS,
    components: {
      schemas: SCHEMAS,
      headers: {
        RequestId: { description: 'Names the request in logs', required: true, schema: { type: 'string' } },
        ...LIMIT_HEADERS,
      },
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    },
  };
}
