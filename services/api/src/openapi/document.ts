import { MAX_EVENTS } from '../limits.ts';
import { PATHS } from './operations.ts';
import { componentSchemas, type Part } from './schemas.ts';

/** The OpenAPI 3.1 document of the API; `eventSchema` is the contract's JSON Schema of an event. */
export function createOpenApiDocument(eventSchema: Part): Part {
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
      schemas: componentSchemas(eventSchema, MAX_EVENTS),
      headers: {
        RequestId: { description: 'Names the request in logs', required: true, schema: { type: 'string' } },
      },
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
    },
  };
}
