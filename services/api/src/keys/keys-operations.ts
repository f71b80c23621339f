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
    'In ascending order of ids, with removed and expired keys: the list records by which key each key was made and removed, and when it was used. It contains no secrets.',
  parameters: [
    inQuery('status', 'Only keys in this state; by default all', { type: 'string', enum: KEY_STATUSES }),
    inQuery('cursor', 'The cursor of the page before, with the same status', { type: 'string' }),
    inQuery('limit', 'The most items on the page', {
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
    'Only this answer contains the key’s text. A key can give only permissions that it has itself: scopes, prefixes and lifetime.',
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
    'Within a minute the key is refused. Its record stays. A key may remove itself. Removing a removed key changes nothing. ' +
    'The keys that it made stay valid. After a leak, remove them too: send `descendants=true`.',
  parameters: [
    inQuery(
      'descendants',
      'With `true`, all keys that it made, directly or through other keys, are removed too, even those being made at this moment',
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
  id: { type: 'string', description: 'Identifies the key; does not show its text' },
  name: { type: 'string' },
  scopes: { type: 'array', items: { type: 'string', enum: SCOPES } },
  actionPrefixes: { type: 'array', items: { type: 'string' }, description: 'Absent if the key may use all actions' },
  status: { type: 'string', enum: KEY_STATUSES, description: 'Only an active key is accepted' },
  createdAt: timeSchema,
  createdBy: { type: 'string', description: 'Id of the key that made it; `bootstrap` is the administrator’s key' },
  expiresAt: { ...timeSchema, description: 'Absent if the key never expires' },
  lastUsedAt: { ...timeSchema, description: 'Some minutes late at most; absent before the first use' },
  removedAt: timeSchema,
  removedBy: { type: 'string', description: 'Id of the key that removed it' },
  removedWith: {
    type: 'string',
    description: 'Id of the removed key of which it is a descendant; absent if this key itself was removed',
  },
};
const REQUIRED = ['id', 'name', 'scopes', 'status', 'createdAt', 'createdBy'];

/** The schemas that the keys' operations refer to. */
export const keysSchemas: Part = {
  NewKey: newKeySchema,
  Key: { type: 'object', description: 'A key, without its text', properties: keyFields, required: REQUIRED },
  KeyWithText: {
    type: 'object',
    description: 'A new key, with its text',
    properties: {
      ...keyFields,
      key: {
        type: 'string',
        description:
          'The bearer key. It is shown once: a repeated request with an Idempotency-Key gets an answer without it',
      },
    },
    required: REQUIRED,
  },
  Keys: {
    type: 'object',
    description: 'One page of keys',
    properties: {
      items: { type: 'array', items: { $ref: '#/components/schemas/Key' } },
      cursor: { type: 'string', description: 'The cursor of the next page; absent on the last page' },
    },
    required: ['items'],
  },
};

/** The operations of the keys' routes by path and method. */
export const keysOperations = {
  '/v1/keys': { get: listKeys, post: createKey },
  '/v1/keys/{id}': { delete: deleteKey },
};
