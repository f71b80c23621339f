import { INTERVALS } from '@weir/calendar/intervals';
import { HOURS_KEPT_DAYS } from '@weir/dynamodb/series-plan';
import { MAX_PAGE } from '../http/requests/page-query.ts';
import { problems, success } from '../openapi/parts/answers.ts';
import {
  countSchema,
  inPath,
  inQuery,
  objectSchema,
  type Part,
  refTo,
  timeSchema,
} from '../openapi/parts/schema-parts.ts';
import { MAX_BUCKETS } from './limits.ts';

const TOTALS = { count: 2, sum: 50, min: 19.9, max: 30.1, mean: 25, users: 2, p50: 19.9, p95: 30.1, p99: 30.1 };
const SEEN = { firstSeen: '2025-11-24T16:00:00.000Z', lastSeen: '2025-11-24T16:59:59.999Z' };
const RANGE = { from: '2025-11-24T16:00:00.000Z', to: '2025-11-24T17:00:00.000Z' };

const getMetrics = {
  operationId: 'getMetrics',
  summary: 'Read metrics',
  description: `The counts of one action, in at most ${MAX_BUCKETS} buckets. Times are RFC 3339 or epoch milliseconds. Minutes, hours, and days, weeks and months of other time zones than UTC reach back ${HOURS_KEPT_DAYS} days. A key that is limited to action prefixes gets a 403 for other actions.`,
  parameters: [
    inPath('action', 'The name of an action. An action without events has an empty series', {
      type: 'string',
      pattern: '^(?!\\.{1,2}$)[A-Za-z0-9._:-]{1,128}$',
      example: 'checkout',
    }),
    inQuery(
      'from',
      'Inclusive, rounded down; by default 24 hours before `to` (30 days for days, 12 weeks for weeks, a year for months)',
      {
        type: 'string',
        example: '2025-11-24T16:00:00Z',
      },
    ),
    inQuery('to', 'Exclusive, rounded up; by default now', { type: 'string', example: '2025-11-24T17:00:00Z' }),
    inQuery('interval', 'The width of a bucket; weeks begin on Monday', {
      type: 'string',
      enum: INTERVALS,
      default: 'hour',
      example: 'hour',
    }),
    inQuery('timeZone', 'The time zone of hours, days, weeks and months: a name of IANA, such as `Europe/Berlin`', {
      type: 'string',
      default: 'UTC',
    }),
    inQuery('fill', 'With `zero`, the answer includes buckets without events', {
      type: 'string',
      enum: ['zero'],
    }),
  ],
  responses: {
    200: success('The buckets, in ascending order', 'Series', {
      action: 'checkout',
      interval: 'hour',
      timeZone: 'UTC',
      ...RANGE,
      series: [{ start: RANGE.from, ...TOTALS }],
      total: TOTALS,
      asOf: '2025-11-24T17:03:11.482Z',
    }),
    ...problems('invalid-parameter', 'invalid-path', 'unauthorized', 'forbidden'),
  },
};

const getActions = {
  operationId: 'listActions',
  summary: 'List actions',
  description:
    'All actions that were seen, in ascending order, each with its count and times. A key that is limited to action prefixes sees only these actions.',
  parameters: [
    inQuery('cursor', 'The cursor of the page before', { type: 'string' }),
    inQuery('limit', 'The most items on the page', {
      type: 'integer',
      minimum: 1,
      maximum: MAX_PAGE,
      default: MAX_PAGE,
    }),
  ],
  responses: {
    200: success('One page', 'Actions', { items: [{ action: 'checkout', count: 2, ...SEEN }] }),
    ...problems('invalid-parameter', 'unauthorized', 'forbidden'),
  },
};

const NUMBER_OR_NULL = { type: ['number', 'null'] };

const totalsSchema = {
  count: countSchema,
  sum: { type: 'number' },
  min: { ...NUMBER_OR_NULL, description: 'Null without events' },
  max: { ...NUMBER_OR_NULL, description: 'Null without events' },
  mean: { ...NUMBER_OR_NULL, description: 'sum / count; null without events' },
  users: {
    type: ['integer', 'null'],
    minimum: 0,
    description:
      'Distinct users, with an error of about 2 %; null unless all buckets begin and end with an hour of UTC',
  },
  p50: { ...NUMBER_OR_NULL, description: 'Median, with an error of at most 2 %; null where `users` is' },
  p95: { ...NUMBER_OR_NULL, description: '95th percentile, with an error of at most 2 %; null where `users` is' },
  p99: { ...NUMBER_OR_NULL, description: '99th percentile, with an error of at most 2 %; null where `users` is' },
};

/** The schemas that the metrics' operations refer to. */
export const metricsSchemas: Part = {
  Totals: objectSchema('The totals of all buckets', totalsSchema),
  Series: objectSchema('The buckets of one action', {
    action: { type: 'string' },
    interval: { type: 'string', enum: INTERVALS },
    timeZone: { type: 'string', description: 'A name of IANA, in its usual spelling' },
    from: { ...timeSchema, description: 'Inclusive; rounded down to the interval' },
    to: { ...timeSchema, description: 'Exclusive; rounded up to the interval' },
    series: { type: 'array', items: objectSchema('One bucket', { start: timeSchema, ...totalsSchema }) },
    total: refTo('Totals'),
    asOf: {
      type: ['string', 'null'],
      format: 'date-time',
      description:
        'Every event that arrived before this time is counted; null before the first event and the first sweep',
    },
  }),
  Actions: objectSchema(
    'One page of actions',
    {
      items: {
        type: 'array',
        items: objectSchema('An action', {
          action: { type: 'string' },
          count: countSchema,
          firstSeen: timeSchema,
          lastSeen: timeSchema,
        }),
      },
      cursor: { type: 'string', description: 'The cursor of the next page; absent on the last page' },
    },
    ['cursor'],
  ),
};

/** The operations of the metrics' routes by path and method. */
export const metricsOperations = { '/v1/metrics/{action}': { get: getMetrics }, '/v1/actions': { get: getActions } };
