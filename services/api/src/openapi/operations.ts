import { MAX_BUCKETS, MAX_PAGE } from '../limits.ts';
import { problems, success } from './answers.ts';
import type { Part } from './schemas.ts';

const event = { id: '018f-1', userId: 'u_42', action: 'checkout', timestamp: 1764000000000, value: 19.9 };
const totals = { count: 2, sum: 50, min: 19.9, max: 30.1, mean: 25, users: 2, p50: 19.9, p95: 30.1, p99: 30.1 };
const seen = { firstSeen: '2025-11-24T16:00:00.000Z', lastSeen: '2025-11-24T16:59:59.999Z' };
const range = { from: '2025-11-24T16:00:00.000Z', to: '2025-11-24T17:00:00.000Z' };

/** A parameter in the query, which may always be left out. */
function inQuery(name: string, description: string, schema: Part): Part {
  return { name, in: 'query', description, schema };
}

const postEvents = {
  operationId: 'sendEvents',
  summary: 'Send events to be counted',
  description:
    'At most 1 MB. Give each event an id, or send an Idempotency-Key: a request sent again then counts once.',
  parameters: [
    {
      name: 'Idempotency-Key',
      in: 'header',
      description: 'Names the events that have no id, by their index: sent again with the same key they are the same.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    },
  ],
  requestBody: {
    required: true,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Events' }, example: { events: [event] } } },
  },
  responses: {
    202: success('At least one event was accepted', 'Accepted', { accepted: 1, rejected: [] }),
    ...problems(
      'invalid-json',
      'invalid-body',
      'no-valid-event',
      'invalid-header',
      'unauthorized',
      'too-large',
      'unsupported-media-type',
    ),
  },
};

const getMetrics = {
  operationId: 'getMetrics',
  summary: 'Read the metrics of one action',
  description: `At most ${MAX_BUCKETS} buckets, in UTC. Times are RFC 3339 or epoch milliseconds.`,
  parameters: [
    {
      name: 'action',
      in: 'path',
      required: true,
      description: 'An action that was never seen has an empty series',
      schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,128}$' },
    },
    inQuery('from', 'Inclusive, rounded down; 24 hours before `to` if left out (30 days for days)', { type: 'string' }),
    inQuery('to', 'Exclusive, rounded up; now if left out', { type: 'string' }),
    inQuery('interval', 'The width of a bucket', { enum: ['minute', 'hour', 'day'], default: 'hour' }),
    inQuery('fill', 'Buckets in which nothing was counted are left out, or with `zero` answered', { enum: ['zero'] }),
  ],
  responses: {
    200: success('The buckets, ascending', 'Series', {
      action: 'checkout',
      interval: 'hour',
      ...range,
      series: [{ start: range.from, ...totals }],
      total: totals,
      asOf: '2025-11-24T17:03:11.482Z',
    }),
    ...problems('invalid-parameter', 'invalid-path', 'unauthorized'),
  },
};

const getActions = {
  operationId: 'listActions',
  summary: 'List the actions seen, ascending',
  parameters: [
    inQuery('cursor', 'From the page before', { type: 'string' }),
    inQuery('limit', 'The most items', { type: 'integer', minimum: 1, maximum: MAX_PAGE, default: MAX_PAGE }),
  ],
  responses: {
    200: success('One page', 'Actions', { items: [{ action: 'checkout', count: 2, ...seen }] }),
    ...problems('invalid-parameter', 'unauthorized'),
  },
};

const getHealth = {
  operationId: 'getHealth',
  summary: 'Tell that the API answers',
  security: [],
  responses: {
    200: success('It does', 'Health', { status: 'ok', service: 'api', stage: 'local' }),
    ...problems(),
  },
};

const getOpenApi = {
  operationId: 'getOpenApi',
  summary: 'This document',
  security: [],
  responses: {
    200: {
      description: 'OpenAPI 3.1',
      headers: { 'x-request-id': { $ref: '#/components/headers/RequestId' } },
      content: { 'application/json': { schema: { type: 'object' }, example: { openapi: '3.1.1' } } },
    },
    ...problems(),
  },
};

/** Every operation of the API by path and method. */
export const PATHS = {
  '/v1/events': { post: postEvents },
  '/v1/metrics/{action}': { get: getMetrics },
  '/v1/actions': { get: getActions },
  '/v1/health': { get: getHealth },
  '/v1/openapi.json': { get: getOpenApi },
} as const;
