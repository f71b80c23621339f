import { problemType } from '../http/problem.ts';

/** A part of an OpenAPI document. */
export type Part = Readonly<Record<string, unknown>>;

const time = { type: 'string', format: 'date-time', description: 'RFC 3339, in UTC with milliseconds' };
const count = { type: 'integer', minimum: 0 };
const numberOrNull = { type: ['number', 'null'] };

/** An object all of whose members are always there, but for those named in `optional`. */
function object(description: string, properties: Part, optional: readonly string[] = []): Part {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', description, properties, required };
}

const totals = {
  count,
  sum: { type: 'number' },
  min: { ...numberOrNull, description: 'Null where nothing was counted' },
  max: { ...numberOrNull, description: 'Null where nothing was counted' },
  mean: { ...numberOrNull, description: 'sum / count; null where nothing was counted' },
  users: { type: ['integer', 'null'], minimum: 0, description: 'Distinct users, about 2 % off; null in minutes' },
  p50: { ...numberOrNull, description: 'Median, at most 2 % off; null in minutes' },
  p95: { ...numberOrNull, description: '95th percentile, at most 2 % off; null in minutes' },
  p99: { ...numberOrNull, description: '99th percentile, at most 2 % off; null in minutes' },
};

const fault = object(
  'One fault and where it is',
  {
    pointer: { type: 'string', format: 'json-pointer', description: 'JSON pointer into the body' },
    parameter: { type: 'string', description: 'Name of a path or query parameter' },
    header: { type: 'string', description: 'Name of a header' },
    reason: { type: 'string', description: 'Stable name of the reason an event was refused' },
    detail: { type: 'string', description: 'For a person' },
  },
  ['pointer', 'parameter', 'header', 'reason'],
);

const rejection = object('An event that was refused', {
  index: { ...count, description: 'Its place in events, from 0' },
  pointer: { type: 'string', format: 'json-pointer', description: 'JSON pointer into the body' },
  reason: { type: 'string', description: 'Stable name' },
  detail: { type: 'string', description: 'For a person' },
});

/** The schemas of everything the API takes and answers; the event's own comes from the contract. */
export function componentSchemas(eventSchema: Part, maxEvents: number): Part {
  return {
    Event: eventSchema,
    Events: object('Events to count', {
      events: { type: 'array', minItems: 1, maxItems: maxEvents, items: { $ref: '#/components/schemas/Event' } },
    }),
    Accepted: object('What became of the events', {
      accepted: { ...count, description: 'Events that are on the stream now' },
      rejected: { type: 'array', items: rejection },
    }),
    Totals: object('What was counted', totals),
    Series: object('The buckets of one action', {
      action: { type: 'string' },
      interval: { enum: ['minute', 'hour', 'day'] },
      from: { ...time, description: 'Inclusive; rounded down to the interval' },
      to: { ...time, description: 'Exclusive; rounded up to the interval' },
      series: { type: 'array', items: object('One bucket', { start: time, ...totals }) },
      total: { $ref: '#/components/schemas/Totals' },
      asOf: {
        type: ['string', 'null'],
        format: 'date-time',
        description: 'The arrival up to which everything is counted; null before the first event',
      },
    }),
    Actions: object(
      'One page of the actions seen',
      {
        items: {
          type: 'array',
          items: object('An action', { action: { type: 'string' }, count, firstSeen: time, lastSeen: time }),
        },
        cursor: { type: 'string', description: 'Leads to the next page; absent on the last one' },
      },
      ['cursor'],
    ),
    Health: object('The function answers', {
      status: { const: 'ok' },
      service: { const: 'api' },
      stage: { type: 'string' },
    }),
    Problem: object(
      'A problem after RFC 9457',
      {
        type: { type: 'string', format: 'uri', description: 'Stable', examples: [problemType('invalid-parameter')] },
        title: { type: 'string' },
        status: { type: 'integer' },
        detail: { type: 'string' },
        requestId: { type: 'string' },
        errors: { type: 'array', items: fault },
      },
      ['status', 'detail', 'errors'],
    ),
  };
}
