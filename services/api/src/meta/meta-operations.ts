import { problems, success } from '../openapi/parts/answers.ts';
import { objectSchema, type Part } from '../openapi/parts/schema-parts.ts';

const getHealth = {
  operationId: 'getHealth',
  summary: 'Check the API',
  description: 'Shows that this function answers. It calls no other service.',
  security: [],
  responses: {
    200: success('The function answers', 'Health', { status: 'ok', service: 'api', stage: 'local' }),
    ...problems(),
  },
};

const getOpenApi = {
  operationId: 'getOpenApi',
  summary: 'Read the document',
  description: 'The OpenAPI 3.1 document of the API.',
  security: [],
  responses: {
    200: {
      description: 'The document',
      headers: { 'x-request-id': { $ref: '#/components/headers/RequestId' } },
      content: { 'application/json': { schema: { type: 'object' }, example: { openapi: '3.1.1' } } },
    },
    ...problems(),
  },
};

const getDocs = {
  operationId: 'getDocs',
  summary: 'Read the page',
  description: 'The document as one page to read. It has no scripts and loads nothing.',
  security: [],
  responses: {
    200: {
      description: 'The page',
      headers: { 'x-request-id': { $ref: '#/components/headers/RequestId' } },
      content: { 'text/html; charset=utf-8': { schema: { type: 'string' }, example: '<!doctype html>…' } },
    },
    ...problems(),
  },
};

/** The schemas that the meta operations refer to. */
export const metaSchemas: Part = {
  Health: objectSchema('The function answers', {
    status: { type: 'string', const: 'ok' },
    service: { type: 'string', const: 'api' },
    stage: { type: 'string' },
  }),
};

/** The operations of the meta routes by path and method. */
export const metaOperations = {
  '/v1/health': { get: getHealth },
  '/v1/openapi.json': { get: getOpenApi },
  '/v1/docs': { get: getDocs },
};
