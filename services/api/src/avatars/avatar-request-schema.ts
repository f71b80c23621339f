import { createCheck } from '../http/bodies/check-value.ts';
import { IMAGE_TYPES } from './images/image-types.ts';
import { MAX_AVATAR_BYTES } from './limits.ts';

/** What a caller states about the image before the upload. Both fields become part of the address's signature. */
export const avatarRequestSchema = {
  type: 'object',
  description: 'The image to upload',
  properties: {
    contentType: { type: 'string', enum: IMAGE_TYPES },
    size: { type: 'integer', minimum: 1, maximum: MAX_AVATAR_BYTES, description: 'Its exact length in bytes' },
  },
  required: ['contentType', 'size'],
  additionalProperties: false,
} as const;

/** Checks the body of `POST /v1/users/{userId}/avatar`. */
export const checkAvatarRequest = createCheck(avatarRequestSchema);
