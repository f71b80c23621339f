import { problems, success } from '../openapi/parts/answers.ts';
import { jsonBody } from '../openapi/parts/json-body.ts';
import { objectSchema, type Part, timeSchema } from '../openapi/parts/schema-parts.ts';
import { userIdPart } from '../users/user-id/user-id-part.ts';
import { avatarRequestSchema } from './avatar-request-schema.ts';
import { MAX_AVATAR_PIXELS, MAX_AVATAR_SIDE } from './images/limits.ts';
import { AVATAR_URL_TTL_SECONDS, MAX_AVATAR_BODY_BYTES } from './limits.ts';
import { REJECTIONS } from './stored/avatar-state.ts';

const reasons = Object.entries(REJECTIONS).map(([reason, detail]) => `\`${reason}\`: ${detail}`);

const UPLOAD = {
  method: 'PUT',
  url: 'https://weir-production-avatars-123456789012.s3.us-east-1.amazonaws.com/uploads/5f0c/0b6f?X-Amz-Signature=9e1d',
  headers: { 'content-type': 'image/png', 'if-none-match': '*' },
};

const createAvatarUpload = {
  operationId: 'createAvatarUpload',
  summary: 'Upload an avatar',
  description:
    'Answers with an address to upload a picture of the user. Send the image there with the method and the headers of the answer, and with exactly the announced length: ' +
    `the signature covers all of these. The address is valid for ${AVATAR_URL_TTL_SECONDS / 60} minutes, and for one upload. ` +
    "The user's `avatar` is `pending` until the image has been checked, and then `ready` or `rejected`. Until then the " +
    'previous picture is shown. A newer request replaces an older one. At most ' +
    `${MAX_AVATAR_PIXELS / 1e6} megapixels and ${MAX_AVATAR_SIDE} pixels on a side. Reasons of a rejection:\n\n- ${reasons.join('\n- ')}`,
  parameters: [userIdPart],
  requestBody: jsonBody({
    schema: 'AvatarRequest',
    example: { contentType: 'image/png', size: 48_213 },
    maxBytes: MAX_AVATAR_BODY_BYTES,
  }),
  responses: {
    201: success('The request that uploads the image', 'AvatarUpload', {
      upload: UPLOAD,
      expiresAt: '2025-11-24T16:35:30.500Z',
    }),
    ...problems(
      ...(['invalid-path', 'invalid-parameter', 'invalid-json', 'invalid-body', 'unauthorized', 'forbidden'] as const),
      ...(['resource-not-found', 'conflict', 'too-large', 'unsupported-media-type'] as const),
    ),
  },
};

/** The operations of the avatars' routes by path and method. */
export const avatarsOperations = { '/v1/users/{userId}/avatar': { post: createAvatarUpload } };

/** The schemas that the avatars' operations refer to. */
export const avatarsSchemas: Part = {
  AvatarRequest: avatarRequestSchema,
  AvatarUpload: objectSchema(
    'The address for an upload',
    {
      upload: objectSchema(
        'The request to send, with the image as its body. It is shown once: a repeated request with an Idempotency-Key gets an answer without it',
        {
          method: { type: 'string', const: 'PUT' },
          url: { type: 'string', format: 'uri', description: 'Signed' },
          headers: { type: 'object', description: 'Headers to send', additionalProperties: { type: 'string' } },
        },
      ),
      expiresAt: timeSchema,
    },
    ['upload'],
  ),
};
