import { SCOPES } from '../http/callers/scopes.ts';
import { MAX_PAGE } from '../http/requests/page-query.ts';
import { done, problems, success } from '../openapi/parts/answers.ts';
import { jsonBody } from '../openapi/parts/json-body.ts';
import { inPath, inQuery, type Part, timeSchema } from '../openapi/parts/schema-parts.ts';
import { DEFAULT_KEYS_PAGE, MAX_KEY_BODY_BYTES } from './limits.ts';
import { newKeySchema } from './new-key.ts';
import { KEY_STATUSES } from './present-key.ts';

const WANTED = {
  name: 'the shop’s checkout',
  scopes: ['events:write'],
  expiresAt: '2099-12-31T00:00:00.000Z',
  actionPrefixes: ['checkout.'],
};
const MADE = {
  id: 'key_3V8jzdZ1GhKvOD3plgi3',
  ...WANTED,
  status: 'active',
  createdAt: '2025-11-24T16:00:00.000Z',
  createdBy: 'bootstrap',
};
const REMOVED = { removedAt: '2025-12-01T08:30:00.000Z', removedBy: 'key_Kd0vQf1w3uUu4n8Jr2aB' };
const USED = { ...MADE, lastUsedAt: '2025-11-30T23:58:11.482Z', status: 'removed', ...REMOVED };

const listKeys = {
  operationId: 'listKeys',
  summary: 'List keys',
  description:
    'Ascending by id, removed and expired keys too: the list is the record of who made, used and removed what. Never secrets.',
  parameters: [
    inQuery('status', 'Only keys in this state; all if left out', { type: 'string', enum: KEY_STATUSES }),
    inQuery('cursor', 'From the page before, with the same status', { type: 'string' }),
    inQuery('limit', 'The most items', {
      type: 'integer',
      minimum: 1,
      maximum: MAX_PAGE,
      default: DEFAULT_KEYS_PAGE,
    }),
  ],
  responses: {
    200: success('One page', 'Keys', { items: [USED] }),
    ...problems('invalid-parameter', 'unauthorized', 'forbidden'),
  },
};

const createKey = {
  operationId: 'createKey',
  summary: 'Make a key',
  description:
    'The answer holds the key’s text, this once. A key gives at most what it has itself: scopes, prefixes and lifetime.',
  requestBody: jsonBody({ schema: 'NewKey', example: WANTED, maxBytes: MAX_KEY_BODY_BYTES }),
  responses: {
    201: success('The key, with its text', 'KeyWithText', { ...MADE, key: `weir_${'A'.repeat(43)}F6b2Kd` }),
    ...problems('invalid-json', 'invalid-body', 'unauthorized', 'forbidden', 'too-large', 'unsupported-media-type'),
  },
};

const deleteKey = {
  operationId: 'deleteKey',
  summary: 'Remove a key',
  description:
    'It is refused within a minute, and its record stays. A key may remove itself. Removing a removed key changes nothing. ' +
    'The keys that it made stay, unless `descendants` is `true`: after a leak they have to go too.',
  parameters: [
    inQuery(
      'descendants',
      'Whether all keys go that it made, itself or through others, those too that are made just now',
      {
        type: 'boolean',
        default: false,
      },
    ),
    inPath('id', 'A key’s id, from the list of keys', {
      type: 'string',
      pattern: '^key_[A-Za-z0-9_-]{20}$',
      example: MADE.id,
    }),
  ],
  responses: {
    204: done('The key is removed'),
    ...problems('invalid-path', 'invalid-parameter', 'unauthorized', 'forbidden', 'resource-not-found', 'conflict'),
  },
};

const keyFields = {
  id: { type: 'string', description: 'Names the key; tells nothing of its text' },
  name: { type: 'string' },
  scopes: { type: 'array', items: { type: 'string', enum: SCOPES } },
  actionPrefixes: { type: 'array', items: { type: 'string' }, description: 'Absent where all actions are allowed' },
  status: { type: 'string', enum: KEY_STATUSES, description: 'Only an active key is let in' },
  createdAt: timeSchema,
  createdBy: { type: 'string', description: 'Id of the key that made it; `bootstrap` is the administrator’s' },
  expiresAt: { ...timeSchema, description: 'Absent where it never expires' },
  lastUsedAt: { ...timeSchema, description: 'Some minutes late at most; absent before the first use' },
  removedAt: timeSchema,
  removedBy: { type: 'string', description: 'Id of the key that removed it' },
  removedWith: {
    type: 'string',
    description: 'Id of the key with whose descendants it was removed; absent where it was removed itself',
  },
};
const REQUIRED = ['id', 'name', 'scopes', 'status', 'createdAt', 'createdBy'];

/** The schemas that the keys' operations refer to. */
export const keysSchemas: Part = {
  NewKey: newKeySchema,
  Key: { type: 'object', description: 'A key, without its text', properties: keyFields, required: REQUIRED },
  KeyWithText: {
    type: 'object',
    description: 'A key that was just made',
    properties: {
      ...keyFields,
      key: {
        type: 'string',
        description: 'The bearer key; told once, so absent where a request is answered again by its Idempotency-Key',
      },
    },
    required: REQUIRED,
  },
  Keys: {
    type: 'object',
    description: 'One page of keys',
    properties: {
      items: { type: 'array', items: { $ref: '#/components/schemas/Key' } },
      cursor: { type: 'string', description: 'Leads to the next page; absent on the last one' },
    },
    required: ['items'],
  },
};

/** The operations of the keys' routes by path and method. */
export const keysOperations = {
  '/v1/keys': { get: listKeys, post: createKey },
  '/v1/keys/{id}': { delete: deleteKey },
};
