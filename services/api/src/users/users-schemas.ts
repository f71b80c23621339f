import { MAX_DEPTH } from '../http/bodies/find-uncheckable.ts';
import { countSchema, objectSchema, type Part, refTo, timeSchema } from '../openapi/parts/schema-parts.ts';
import { profileSchema } from './profile/profile-schema.ts';

const addressSchema = { type: 'string', format: 'uri', description: 'Signed, and valid for some minutes' };

const avatarSchema = objectSchema(
  'The picture of a user',
  {
    status: { type: 'string', enum: ['pending', 'ready', 'rejected'] },
    reason: { type: 'string', description: 'The reason of a rejection' },
    url: addressSchema,
    thumbnailUrl: addressSchema,
  },
  ['reason', 'url', 'thumbnailUrl'],
);

/** The avatar of a user; null if there is none. */
const avatarOrNull = { anyOf: [refTo('Avatar'), { type: 'null' }] };

const { name, email, attributes } = profileSchema.properties;

/** The schemas that the users' operations refer to. */
export const usersSchemas: Part = {
  Profile: profileSchema,
  ProfilePatch: {
    type: 'object',
    description: `A JSON Merge Patch (RFC 7396), at most ${MAX_DEPTH} levels. null removes a field. The result must be a Profile`,
    properties: {
      name: { anyOf: [name, { type: 'null' }] },
      email: { anyOf: [email, { type: 'null' }] },
      attributes: { anyOf: [attributes, { type: 'null' }] },
    },
    additionalProperties: false,
  },
  Avatar: avatarSchema,
  User: objectSchema(
    'A user',
    {
      userId: { type: 'string', minLength: 1, maxLength: 256 },
      ...{ name, email, attributes },
      avatar: avatarOrNull,
      createdAt: timeSchema,
      updatedAt: timeSchema,
    },
    ['name', 'email', 'attributes'],
  ),
  Users: objectSchema(
    'One page of users',
    {
      items: { type: 'array', items: refTo('User') },
      cursor: { type: 'string', description: 'The cursor of the next page; absent on the last page' },
    },
    ['cursor'],
  ),
  Activity: objectSchema('The activity of one user', {
    userId: { type: 'string' },
    from: { ...timeSchema, description: 'Inclusive; rounded down to the day' },
    to: { ...timeSchema, description: 'Exclusive; rounded up to the day' },
    items: {
      type: 'array',
      items: objectSchema('One action on one day', {
        day: { type: 'string', format: 'date', description: 'In UTC' },
        action: { type: 'string' },
        count: countSchema,
        sum: { type: 'number' },
      }),
    },
  }),
};
