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
    'Each event counts once. Give each event an id, or send an Idempotency-Key: then an event without an id gets one, made of the ' +
    'key and its index in the request. A request that is sent again then counts once.',
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
    description:
      'Stable name: shape, timestamp-range, too-large, or action-not-allowed (the key is limited to other actions)',
  },
  detail: { type: 'string', description: 'For people; may change' },
};

const rejection = objectSchema('A refused event, with its first fault', {
  index: { ...countSchema, description: 'Its index in events, from 0' },
  ...REJECTION_FAULT,
  errors: {
    type: 'array',
    minItems: 1,
    items: objectSchema('One fault', REJECTION_FAULT),
    description: 'All faults of the event, including the first',
  },
});

/** The schemas that the events' operations refer to. */
export const eventsSchemas: Part = {
  Event: eventSchema,
  Events: objectSchema('Events to count', {
    events: { type: 'array', minItems: 1, maxItems: MAX_EVENTS, items: refTo('Event') },
  }),
  Accepted: objectSchema('The result for the events', {
    accepted: { ...countSchema, description: 'Events that are on the stream now' },
    rejected: { type: 'array', items: rejection },
  }),
};

/** The operations of the events' routes by path and method. */
export const eventsOperations = { '/v1/events': { post: postEvents } };
