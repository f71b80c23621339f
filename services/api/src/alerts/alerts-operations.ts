import { MAX_ALERTS } from '@weir/dynamodb/alerts';
import { MAX_PAGE } from '../http/requests/page-query.ts';
import { done, problems, success } from '../openapi/parts/answers.ts';
import { inThousands } from '../openapi/parts/in-thousands.ts';
import { jsonBody } from '../openapi/parts/json-body.ts';
import { inPath, inQuery, type Part } from '../openapi/parts/schema-parts.ts';
import {
  DEFAULT_ALERTS_PAGE,
  MAX_ALERT_BODY_BYTES,
  MAX_PREVIEWED_ACTIONS,
  MAX_PREVIEWED_BUCKETS,
} from './rule/limits.ts';

const ID = '7h2k9q4m1x8c5v3n';
const RULE = { name: 'Few orders', action: 'checkout.*', comparison: 'below', threshold: 10 };
const WHOLE = {
  ...{ ...RULE, field: 'count', interval: 'minute', lateSeconds: 60, repeat: 'recovered', cooldownSeconds: 600 },
  ...{ enabled: true, channels: [{ type: 'webhook' }] },
};
const ALERT = {
  ...{ id: ID, ...WHOLE, state: 'firing' },
  lastEvaluated: { bucket: '2025-11-24T16:18:00.000Z', value: 3, at: '2025-11-24T16:20:04.000Z' },
  ...{ createdAt: '2025-11-24T16:00:00.000Z', updatedAt: '2025-11-24T16:00:00.000Z' },
};
const BUCKET = { start: '2025-11-24T16:18:00.000Z', end: '2025-11-24T16:19:00.000Z' };
const FIRING = {
  ...{ id: `${ID}-1764001080000`, action: 'checkout.*', field: 'count', comparison: 'below', threshold: 10 },
  ...{ bucket: { ...BUCKET, interval: 'minute', closed: true }, value: 3, count: 3 },
  ...{ asOf: '2025-11-24T16:20:01.114Z', late: false, notified: true, firedAt: '2025-11-24T16:20:04.020Z' },
};

const idPart = inPath('id', 'A rule’s id, from the list of rules', { type: 'string', example: ID });
const paging = [
  inQuery('cursor', 'The cursor of the page before', { type: 'string' }),
  inQuery('limit', 'The most items on the page', {
    ...{ type: 'integer', minimum: 1, maximum: MAX_PAGE, default: DEFAULT_ALERTS_PAGE },
  }),
];
const BAD_BODY = ['invalid-json', 'invalid-body', 'too-large', 'unsupported-media-type'] as const;
const KEYED = ['unauthorized', 'forbidden'] as const;

/** A body of at most so many bytes. */
function body(schema: string, example: Part, types?: readonly string[]): Part {
  return jsonBody({ schema, example, maxBytes: MAX_ALERT_BODY_BYTES, ...(types && { types }) });
}

const listAlerts = {
  operationId: 'listAlerts',
  summary: 'List rules',
  description: 'In ascending order of ids. A key that is limited to action prefixes sees the rules about its actions.',
  parameters: paging,
  responses: {
    200: success('One page', 'Alerts', { items: [ALERT] }),
    ...problems('invalid-parameter', ...KEYED),
  },
};

const createAlert = {
  operationId: 'createAlert',
  summary: 'Make a rule',
  description: `The rule judges from the next full bucket on. A stage has at most ${inThousands(MAX_ALERTS)} rules. A key that is limited to action prefixes can make rules about its actions.`,
  requestBody: body('NewAlert', RULE),
  responses: {
    201: {
      ...success('The rule', 'Alert', { ...ALERT, state: 'ok' }),
      headers: {
        'x-request-id': { $ref: '#/components/headers/RequestId' },
        Location: { description: 'The path of the rule', required: true, schema: { type: 'string' } },
      },
    },
    ...problems(...BAD_BODY, ...KEYED, 'conflict'),
  },
};

const previewAlert = {
  operationId: 'previewAlert',
  summary: 'Try a rule',
  description: `Answers for which buckets a rule would have fired, by what is counted now: at most ${MAX_PREVIEWED_ACTIONS} actions and ${inThousands(MAX_PREVIEWED_BUCKETS)} buckets. Nobody is told.`,
  requestBody: body('AlertPreview', { action: 'checkout', comparison: 'below', threshold: 10 }),
  responses: {
    200: success('The buckets', 'PreviewedFirings', {
      ...{ action: 'checkout', field: 'count', interval: 'minute', asOf: '2025-11-24T16:20:01.114Z' },
      ...{ from: '2025-11-23T16:20:00.000Z', to: '2025-11-24T16:19:00.000Z' },
      firings: [{ ...BUCKET, value: 3, count: 3 }],
    }),
    ...problems(...BAD_BODY, ...KEYED),
  },
};

const getAlert = {
  operationId: 'getAlert',
  summary: 'Read a rule',
  description: 'With its state, and the last bucket that it judged.',
  parameters: [idPart],
  responses: {
    200: success('The rule', 'Alert', ALERT),
    ...problems('invalid-path', ...KEYED, 'resource-not-found'),
  },
};

const changeAlert = {
  operationId: 'changeAlert',
  summary: 'Change a rule',
  description:
    'Changes parts of the rule with a JSON Merge Patch (RFC 7396). A bucket that fired does not fire again, and what fires goes on until a later bucket recovers. With another action, field or interval, or enabled again, the rule judges from the next full bucket on.',
  parameters: [idPart],
  requestBody: body('AlertPatch', { threshold: 20 }, ['application/merge-patch+json', 'application/json']),
  responses: {
    200: success('The rule was changed', 'Alert', { ...ALERT, threshold: 20 }),
    ...problems('invalid-path', ...BAD_BODY, ...KEYED, 'resource-not-found', 'conflict'),
  },
};

const deleteAlert = {
  operationId: 'deleteAlert',
  summary: 'Remove a rule',
  description: 'After the answer it fires no more. What it fired is not told as recovered.',
  parameters: [idPart],
  responses: {
    204: done('The rule is removed'),
    ...problems('invalid-path', ...KEYED, 'resource-not-found'),
  },
};

const listFirings = {
  operationId: 'listFirings',
  summary: 'List firings',
  description: 'The latest bucket first. A firing is kept for 90 days.',
  parameters: [idPart, ...paging],
  responses: {
    200: success('One page', 'Firings', { items: [FIRING] }),
    ...problems('invalid-path', 'invalid-parameter', ...KEYED, 'resource-not-found'),
  },
};

/** The operations of the alerts' routes by path and method. */
export const alertsOperations = {
  '/v1/alerts': { get: listAlerts, post: createAlert },
  '/v1/alerts/preview': { post: previewAlert },
  '/v1/alerts/{id}': { get: getAlert, patch: changeAlert, delete: deleteAlert },
  '/v1/alerts/{id}/firings': { get: listFirings },
};
