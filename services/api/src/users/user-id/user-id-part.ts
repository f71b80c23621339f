import { eventSchema } from '@weir/events';
import { inPath } from '../../openapi/parts/schema-parts.ts';

const { minLength, maxLength } = eventSchema.properties.userId;

/** The path parameter with the user of an operation. */
export const userIdPart = inPath(
  'userId',
  'A user’s id as in events, percent-encoded. The ids `.` and `..`, which clients take for steps in a path, are written ' +
    '`~.` and `~..`; an id that looks like that (any number of `~`, then `.` or `..`) gets one `~` more.',
  // One more character for the `~`.
  { type: 'string', minLength, maxLength: maxLength + 1, example: 'u_42' },
);
