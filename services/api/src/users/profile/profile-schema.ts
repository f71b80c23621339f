import { MAX_DEPTH } from '../../http/bodies/find-uncheckable.ts';
import { inThousands } from '../../openapi/parts/in-thousands.ts';
import { MAX_PROFILE_BYTES } from './limits.ts';

/**
 * The fields of a profile. Beyond this schema, a profile has at most 16 KiB as JSON and at most 32 levels, and no value
 * that could not be stored as it was sent (`findUnkept`).
 */
export const profileSchema = {
  type: 'object',
  description: `At most ${inThousands(MAX_PROFILE_BYTES)} bytes of JSON, and ${MAX_DEPTH} levels`,
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 256 },
    email: {
      description: 'Text before and after an @. Weir sends no mail to it',
      type: 'string',
      maxLength: 320,
      pattern: '^[^\\s@]+@[^\\s@]+$',
    },
    attributes: { description: 'Any JSON', type: 'object', additionalProperties: true },
  },
  additionalProperties: false,
} as const;
