import { problems } from '../openapi/parts/answers.ts';
import { countSchema, inPath, objectSchema, type Part, refTo, timeSchema } from '../openapi/parts/schema-parts.ts';
import { userIdPart } from '../users/user-id/user-id-part.ts';
import { presentReceipt } from './present-receipt.ts';

const DAY_MS = 86_400_000;
const REQUESTED_AT = Date.UTC(2025, 10, 24, 16, 20);
const ID = '0b1f3c52-6f0e-4f52-9d5d-3a8f0a6f7a11';

const example = presentReceipt(
  {
    id: ID,
    userId: 'u_42',
    userHash: '5c1b2f7a0e3d94c86b1a7f2d3e4c5b6a79880f1e2d3c4b5a69788796a5b4c3d2',
    status: 'running',
    ...{ step: 'now', dueAt: REQUESTED_AT, tries: 0, revision: 0, countedPass: 0 },
    requestedAt: REQUESTED_AT,
    renewedAt: REQUESTED_AT,
    until: REQUESTED_AT + 900_000,
    finishedAt: undefined,
    places: {
      profile: { items: 1, objects: 0, at: REQUESTED_AT + 120 },
      avatars: { items: 2, objects: 0, at: REQUESTED_AT + 180 },
      activity: { items: 12, objects: 0, at: REQUESTED_AT + 240 },
      archive: { items: 1_204, objects: 37, at: REQUESTED_AT + 61_000 },
    },
  },
  { streamMs: 7 * DAY_MS, entryMs: 9 * DAY_MS, logsMs: 30 * DAY_MS, lastPassMs: 8 * DAY_MS },
  REQUESTED_AT + 62_000,
);

function receipt(description: string, headers: Part = {}): Part {
  return {
    description,
    headers: { 'x-request-id': { $ref: '#/components/headers/RequestId' }, ...headers },
    content: { 'application/json': { schema: refTo('Erasure'), example } },
  };
}

const eraseUser = {
  operationId: 'eraseUser',
  summary: 'Erase a user',
  description:
    'Erases profile, avatars and activity at once, and everything else as the receipt says. If it is sent again, it joins the erasure that has not ended, and continues one that failed. A user without a profile is erased too, as there may be events.',
  parameters: [
    userIdPart,
    {
      name: 'If-Match',
      in: 'header',
      description: 'The entity tag of the profile that was read',
      schema: { type: 'string' },
    },
    {
      name: 'If-None-Match',
      in: 'header',
      description: 'Entity tags, or `*`: 412 if the profile is in one of these states',
      schema: { type: 'string' },
    },
  ],
  responses: {
    202: receipt('The erasure has begun', { location: { description: 'The receipt', schema: { type: 'string' } } }),
    ...problems(
      'invalid-parameter',
      'invalid-path',
      'invalid-header',
      'unauthorized',
      'forbidden',
      'precondition-failed',
    ),
  },
};

const getErasure = {
  operationId: 'getErasure',
  summary: 'Read an erasure',
  description:
    'The receipt: each place with data of the user, with the number of erased items and the time, or with the time when the data expires. The receipt stays. It does not name the user: its `userHash` can only be compared with the hash of a known user id.',
  parameters: [inPath('id', 'The id in the answer to the deletion of a user', { type: 'string', example: ID })],
  responses: {
    200: receipt('The receipt'),
    ...problems('invalid-path', 'unauthorized', 'forbidden', 'resource-not-found'),
  },
};

const placeSchema = objectSchema(
  'A place with data of the user',
  {
    name: { type: 'string' },
    status: {
      type: 'string',
      enum: ['erasing', 'erased', 'expires', 'expired'],
      description: '`erasing` until the last pass has ended, as late events may still arrive',
    },
    description: { type: 'string' },
    items: { ...countSchema, description: 'Lines, records or items erased so far' },
    objects: { ...countSchema, description: 'Objects that contained them' },
    erasedAt: { ...timeSchema, description: 'When this place was last erased' },
    expiresAt: { ...timeSchema, description: 'When the last data is gone' },
  },
  ['items', 'objects', 'erasedAt', 'expiresAt'],
);

/** The schemas that the erasures' operations refer to. */
export const erasuresSchemas: Part = {
  Erasure: objectSchema(
    'The receipt of an erasure',
    {
      id: { type: 'string' },
      status: {
        type: 'string',
        enum: ['running', 'done', 'failed'],
        description: 'To continue a failed erasure, delete the user again',
      },
      userHash: { type: 'string', description: 'SHA-256 (hex) of `<id>:<user id>`' },
      requestedAt: timeSchema,
      coversUntil: { ...timeSchema, description: 'Events that arrived before this time are erased' },
      finishedAt: timeSchema,
      places: { type: 'array', items: placeSchema },
    },
    ['finishedAt'],
  ),
};

/** The operations of the erasures' routes by path and method. */
export const erasuresOperations = {
  '/v1/users/{userId}': { delete: eraseUser },
  '/v1/erasures/{id}': { get: getErasure },
};
