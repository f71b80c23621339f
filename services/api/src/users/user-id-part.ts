import { inPath } from '../openapi/schema-parts.ts';

/** Whom an operation is about. */
export const userIdPart = inPath('userId', 'A user’s id as in events, percent-encoded', {
  type: 'string',
  minLength: 1,
  maxLength: 256,
  example: 'u_42',
});
