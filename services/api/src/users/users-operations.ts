import { MAX_PAGE } from '../http/requests/page-query.ts';
import { problems, success } from '../openapi/parts/answers.ts';
import { inThousands } from '../openapi/parts/in-thousands.ts';
import { jsonBody } from '../openapi/parts/json-body.ts';
import { inQuery, type Part } from '../openapi/parts/schema-parts.ts';
import { DEFAULT_ACTIVITY_DAYS, MAX_ACTIVITY_DAYS, MAX_ACTIVITY_ITEMS } from './activity/limits.ts';
import { DEFAULT_USERS_PAGE } from './limits.ts';
import { MAX_PROFILE_BODY_BYTES, MAX_PROFILE_BYTES } from './profile/limits.ts';
import { userIdPart } from './user-id/user-id-part.ts';

const TIMES = { createdAt: '2025-11-24T16:00:00.000Z', updatedAt: '2025-11-24T17:03:11.482Z' };
const PROFILE = { name: 'Zoë', email: 'zoe@example.org', attributes: { plan: 'pro' } };
const USER = { userId: 'u_42', ...PROFILE, avatar: null, ...TIMES };
const ETAG = '"0b6f1c5e-3d0f-4c57-9d13-0d5c1d3f7a10"';

function inHeader(name: string, description: string): Part {
  return { name, in: 'header', description, schema: { type: 'string' }, example: ETAG };
}

const ifMatch = inHeader('If-Match', 'Entity tags, or `*`: 412 unless the user is in one of these states');
const ifNoneMatch = inHeader('If-None-Match', 'Entity tags, or `*`: 304 if the user is in one of these states');
const unlessMatch = inHeader('If-None-Match', 'Entity tags, or `*`: 412 if the user is in one of these states');

/** Adds the entity tag of the user's state, and other headers, to an answer. */
function tagged(answer: Part, headers: Part = {}): Part {
  const ETag = {
    description: 'Identifies this state of the user',
    required: true,
    schema: { type: 'string' },
    example: ETAG,
  };
  return { ...answer, headers: { ...(answer.headers as Part), ETag, ...headers } };
}

const LOCATION = { Location: { description: 'The path of the user', required: true, schema: { type: 'string' } } };
const REQUEST_ID = { 'x-request-id': { $ref: '#/components/headers/RequestId' } };

const BAD_REQUEST = ['invalid-path', 'invalid-parameter', 'unauthorized', 'forbidden'] as const;
const BAD_BODY = ['invalid-header', 'invalid-json', 'invalid-body', 'too-large', 'unsupported-media-type'] as const;

const getUser = {
  operationId: 'getUser',
  summary: 'Read a user',
  description: 'A user whose avatar has addresses never gets a 304, as the addresses expire.',
  parameters: [userIdPart, ifMatch, ifNoneMatch],
  responses: {
    200: tagged(success('The user', 'User', USER)),
    304: tagged({ description: 'The user is in a state that If-None-Match lists', headers: REQUEST_ID }),
    ...problems(...BAD_REQUEST, 'invalid-header', 'resource-not-found', 'precondition-failed'),
  },
};

const putUser = {
  operationId: 'putUser',
  summary: 'Write a user',
  description: `Creates the user, or replaces the whole profile, which may have at most ${inThousands(MAX_PROFILE_BYTES)} bytes of JSON. Fields that the body does not have are removed; the avatar stays.`,
  parameters: [userIdPart, ifMatch, unlessMatch],
  requestBody: jsonBody({ schema: 'Profile', example: PROFILE, maxBytes: MAX_PROFILE_BODY_BYTES }),
  responses: {
    200: tagged(success('The user was replaced', 'User', USER)),
    201: tagged(success('The user was created', 'User', USER), LOCATION),
    ...problems(...BAD_REQUEST, ...BAD_BODY, 'conflict', 'precondition-failed'),
  },
};

const patchUser = {
  operationId: 'patchUser',
  summary: 'Change a user',
  description: `Changes parts of the profile with a JSON Merge Patch (RFC 7396). The result may have at most ${inThousands(MAX_PROFILE_BYTES)} bytes of JSON. No change of another caller is lost.`,
  parameters: [userIdPart, ifMatch, unlessMatch],
  requestBody: jsonBody({
    schema: 'ProfilePatch',
    example: { email: null, name: 'Zoë' },
    maxBytes: MAX_PROFILE_BODY_BYTES,
    types: ['application/merge-patch+json', 'application/json'],
  }),
  responses: {
    200: tagged(success('The user was changed', 'User', USER)),
    ...problems(...BAD_REQUEST, ...BAD_BODY, 'resource-not-found', 'conflict', 'precondition-failed'),
  },
};

const listUsers = {
  operationId: 'listUsers',
  summary: 'List users',
  description:
    'In ascending order of the ids’ bytes in UTF-8. A page of large profiles may have fewer items than `limit`; only the last page has no cursor.',
  parameters: [
    inQuery('cursor', 'The cursor of the page before', { type: 'string' }),
    inQuery('limit', 'The most items on the page', {
      type: 'integer',
      minimum: 1,
      maximum: MAX_PAGE,
      default: DEFAULT_USERS_PAGE,
    }),
  ],
  responses: {
    200: success('One page', 'Users', { items: [USER] }),
    ...problems('invalid-parameter', 'unauthorized', 'forbidden'),
  },
};

const getActivity = {
  operationId: 'getActivity',
  summary: 'Read user activity',
  description:
    `Counts by action and day: at most ${MAX_ACTIVITY_DAYS} days in UTC and ${MAX_ACTIVITY_ITEMS} items, in ascending order of day and action. ` +
    'A user without events has no items. 404 if the stage does not count the activity of users.',
  parameters: [
    userIdPart,
    inQuery('from', `Inclusive, rounded down to the day; by default ${DEFAULT_ACTIVITY_DAYS} days before \`to\``, {
      type: 'string',
      example: '2025-11-24T00:00:00Z',
    }),
    inQuery('to', 'Exclusive, rounded up to the day; by default now', {
      type: 'string',
      example: '2025-11-25T00:00:00Z',
    }),
  ],
  responses: {
    200: success('The counts', 'Activity', {
      userId: 'u_42',
      from: '2025-11-24T00:00:00.000Z',
      to: '2025-11-25T00:00:00.000Z',
      items: [{ day: '2025-11-24', action: 'checkout', count: 2, sum: 50 }],
    }),
    ...problems(...BAD_REQUEST, 'resource-not-found'),
  },
};

/** The operations of the users' routes by path and method. */
export const usersOperations = {
  '/v1/users': { get: listUsers },
  '/v1/users/{userId}': { get: getUser, put: putUser, patch: patchUser },
  '/v1/users/{userId}/activity': { get: getActivity },
};
