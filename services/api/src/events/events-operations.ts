import { eventSchema } from '@weir/events';
import { problems, success } from '../openapi/parts/answers.ts';
import { jsonBody } from '../openapi/parts/json-body.ts';
import { countSchema, objectSchema, type Part, refTo } from '../openapi/parts/schema-parts.ts';
import { MAX_BODY_BYTES, MAX_EVENTS } from './limits.ts';

const EVENT = { id: '018f-1', userId: 'u_42', action: 'checkout', timestamp: 1764000000000, value: 19.9 };

const postEvents = {
  operationId: 'sendEvents',
  summary: 'Send events',
  description:
    'They are counted, each once. Give each event an id, or send an Idempotency-Key, from which and their index the ids of the others ' +
    'derive: a request sent again then counts once.',
  requestBody: jsonBody({ schema: 'Events', example: { events: [EVENT] }, maxBytes: MAX_BODY_BYTES }),
  responses: {
    202: success('At least one event was accepted', 'Accepted', { accepted: 1, rejected: [] }),
    ...problems(
      'invalid-json',
      'invalid-body',
      'no-valid-event',
      'unauthorized',
      'forbidden',
      'too-large',
      'unsupported-media-type',
    ),
  },
};

const REJECTION_FAULT = {
  pointer: { type: 'string', format: 'json-pointer', description: 'JSON pointer into the body' },
  reason: {
    type: 'string',
    description: 'Stable name: shape, timestamp-range, too-large, or action-not-allowed where the key is limited',
  },
  detail: { type: 'string', description: 'For a person' },
};

const rejection = objectSchema('An event that was refused, by what is wrong with it first', {
  index: { ...countSchema, description: 'Its place in events, from 0' },
  ...REJECTION_FAULT,
  errors: {
    type: 'array',
    minItems: 1,
    items: objectSchema('One thing that is wrong', REJECTION_FAULT),
    description: 'All that is wrong with it, the first included',
  },
});

/** The schemas that the events' operations refer to. */
export const eventsSchemas: Part = {
  Event: eventSchema,
  Events: objectSchema('Events to count', {
    events: { type: 'array', minItems: 1, maxItems: MAX_EVENTS, items: refTo('Event') },
  }),
  Accepted: objectSchema('What became of the events', {
    accepted: { ...countSchema, description: 'Events that are on the stream now' },
    rejected: { type: 'array', items: rejection },
  }),
};

/** The operations of the events' routes by path and method. */
export const eventsOperations = { '/v1/events': { post: postEvents } };
