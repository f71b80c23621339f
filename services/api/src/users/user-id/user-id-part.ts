import { eventSchema } from '@weir/events';
import { inPath } from '../../openapi/parts/schema-parts.ts';

const { minLength, maxLength } = eventSchema.properties.userId;

/** The path parameter with the user of an operation. */
export const userIdPart = inPath(
  'userId',
  'The user id of events, percent-encoded. Clients treat `.` and `..` as steps in a path, so write these ids as ' +
    '`~.` and `~..`. Write one more `~` before an id that looks like these (any number of `~`, then `.` or `..`).',
  // One more character for the `~`.
  { type: 'string', minLength, maxLength: maxLength + 1, example: 'u_42' },
);
