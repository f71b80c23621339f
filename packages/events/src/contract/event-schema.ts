import type { FromSchema } from './from-schema.ts';

/**
 * The contract of an incoming event as JSON Schema (2020-12, and therefore OpenAPI 3.1): the one source of its limits.
 * The TypeScript type is derived from it, and the run-time check reads its numbers and patterns. `limits.ts` has the
 * limits that JSON Schema cannot express: the event's text is at most 64 KiB, `properties` at most 8 KB, the timestamp
 * is neither before 2000-01-01 nor more than 24 h after arrival, and its day must exist in the calendar. The event
 * nests at most 512 levels and nowhere holds half of a surrogate pair (`check-text.ts`).
 */
export const eventSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Event',
  description: 'Something that a user did. Unknown fields are kept with the raw event and otherwise ignored.',
  type: 'object',
  required: ['userId', 'action', 'timestamp'],
  properties: {
    id: {
      description: 'Identifies the event among those of its action: sent twice with the same id, it counts once.',
      type: 'string',
      minLength: 1,
      maxLength: 128,
      pattern: '^[ -~]+$',
    },
    userId: { description: 'The user who did it.', type: 'string', minLength: 1, maxLength: 256 },
    action: {
      description:
        'The name of what was done. Names beginning with __ are reserved; . and .. are refused, because they are steps in the path of the metrics.',
      type: 'string',
      minLength: 1,
      maxLength: 128,
      pattern: '^(?!__|\\.{1,2}$)[A-Za-z0-9._:-]+$',
    },
    timestamp: {
      description: 'When it happened: epoch milliseconds, or RFC 3339 (digits past the millisecond are dropped).',
      anyOf: [
        { type: 'integer' },
        {
          type: 'string',
          format: 'date-time',
          pattern:
            '^([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])' +
            '[Tt]([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]|60)(?:\\.([0-9]+))?' +
            '(?:[Zz]|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))$',
        },
      ],
    },
    // Without `default`: generators of clients would then require the value, as if it were always there.
    value: {
      description: 'The number that is summed; 0 if it is left out. The number of events is counted in any case.',
      type: 'number',
      minimum: -1e12,
      maximum: 1e12,
    },
    properties: {
      description: 'More about the event: at most 32 scalar values, 8 KB in all.',
      type: 'object',
      maxProperties: 32,
      additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
    },
  },
} as const;

/** An event as it is sent. Other fields may stand beside these. */
export type IncomingEvent = FromSchema<typeof eventSchema>;
