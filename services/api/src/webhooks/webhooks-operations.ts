import { MAX_ENDPOINTS } from '@weir/dynamodb/webhooks';
import { MAX_PAGE } from '../http/requests/page-query.ts';
import { done, problems, success } from '../openapi/parts/answers.ts';
import { inThousands } from '../openapi/parts/in-thousands.ts';
import { jsonBody } from '../openapi/parts/json-body.ts';
import { inPath, inQuery, type Part } from '../openapi/parts/schema-parts.ts';
import { DEFAULT_DELIVERIES_PAGE, MAX_DELIVERIES_PAGE, MAX_RECOVERED } from './deliveries/limits.ts';
import { DEFAULT_ENDPOINTS_PAGE, MAX_WEBHOOK_BODY_BYTES } from './endpoints/limits.ts';

const ID = 'wh_3V8jzdZ1GhKvOD3plgi3';
const DELIVERY_ID = 'msg_01kbc2v8h65j3q9w4e7r1t6y2m';
const WANTED = { url: 'https://shop.example/weir', events: ['alert.fired', 'alert.recovered'] };
const ENDPOINT = {
  ...{ id: ID, ...WANTED, format: 'standard', asymmetric: false, status: 'enabled' },
  ...{ createdAt: '2025-11-24T16:00:00.000Z', createdBy: 'bootstrap' },
};
const SECRET = `whsec_${'A'.repeat(43)}=`;
const DELIVERY = {
  ...{ id: DELIVERY_ID, event: 'alert.fired', status: 'pending' },
  attempts: [{ at: '2025-11-24T16:20:30.700Z', status: 503, durationMs: 41, response: 'try later' }],
  ...{ nextAttemptAt: '2025-11-24T16:20:35.900Z', createdAt: '2025-11-24T16:20:30.500Z' },
};
const ASKED = { ...DELIVERY, attempts: [], nextAttemptAt: DELIVERY.createdAt };

const idPart = inPath('id', 'An endpoint’s id, from the list of endpoints', { type: 'string', example: ID });
const deliveryPart = inPath('deliveryId', 'A delivery’s id, from the list of deliveries', {
  ...{ type: 'string', example: DELIVERY_ID },
});
const KEYED = ['unauthorized', 'forbidden'] as const;
const OF_ONE = ['invalid-path', ...KEYED, 'resource-not-found'] as const;
const OF_BODY = ['invalid-json', 'invalid-body', 'too-large', 'unsupported-media-type'] as const;

function paging(maximum: number, byDefault: number): Part[] {
  return [
    inQuery('cursor', 'The cursor of the page before', { type: 'string' }),
    inQuery('limit', 'The most items on the page', { type: 'integer', minimum: 1, maximum, default: byDefault }),
  ];
}

function body(schema: string, example: Part): Part {
  return jsonBody({ schema, example, maxBytes: MAX_WEBHOOK_BODY_BYTES });
}

/** An answer that says where to read on. */
function located(answer: Part, description: string): Part {
  const Location = { description, required: true, schema: { type: 'string' } };
  return { ...answer, headers: { 'x-request-id': { $ref: '#/components/headers/RequestId' }, Location } };
}

const listWebhooks = {
  operationId: 'listWebhooks',
  summary: 'List endpoints',
  description: 'In ascending order of ids. It contains no secrets.',
  parameters: paging(MAX_PAGE, DEFAULT_ENDPOINTS_PAGE),
  responses: {
    200: success('One page', 'Webhooks', { items: [ENDPOINT] }),
    ...problems('invalid-parameter', ...KEYED),
  },
};

const createWebhook = {
  operationId: 'createWebhook',
  summary: 'Make an endpoint',
  description: `Only this answer contains the secret. A stage has at most ${MAX_ENDPOINTS} endpoints. As an endpoint is told about all actions, a key that is limited to action prefixes cannot use webhooks.`,
  requestBody: body('NewWebhook', WANTED),
  responses: {
    201: located(
      success('The endpoint, with its secret', 'WebhookWithSecret', { ...ENDPOINT, secret: SECRET }),
      'The path of the endpoint',
    ),
    ...problems(...OF_BODY, ...KEYED, 'conflict'),
  },
};

const getWebhook = {
  operationId: 'getWebhook',
  summary: 'Read an endpoint',
  description: 'With its state, and without its secrets.',
  parameters: [idPart],
  responses: { 200: success('The endpoint', 'Webhook', ENDPOINT), ...problems(...OF_ONE) },
};

const changeWebhook = {
  operationId: 'changeWebhook',
  summary: 'Change an endpoint',
  description:
    'Changes the fields that are given. An endpoint that is enabled again begins with a good health; what was held meanwhile waits for a recovery.',
  parameters: [idPart],
  requestBody: body('WebhookPatch', { status: 'enabled' }),
  responses: {
    200: success('The endpoint was changed', 'Webhook', ENDPOINT),
    ...problems(...OF_ONE, ...OF_BODY, 'conflict'),
  },
};

const deleteWebhook = {
  operationId: 'deleteWebhook',
  summary: 'Remove an endpoint',
  description:
    'With its secrets. Its deliveries can no longer be read, and are not sent. A request that is under way ends.',
  parameters: [idPart],
  responses: { 204: done('The endpoint is removed'), ...problems(...OF_ONE) },
};

const rotateSecret = {
  operationId: 'rotateWebhookSecret',
  summary: 'Rotate the secret',
  description:
    'Only this answer contains the new secret. The old one signs beside it for 24 hours. An asymmetric endpoint also gets a new key pair.',
  parameters: [idPart],
  responses: {
    200: success('The endpoint, with its new secret', 'WebhookWithSecret', {
      ...{ ...ENDPOINT, oldSecretsUntil: '2025-11-25T16:20:30.500Z', secret: SECRET },
    }),
    ...problems(...OF_ONE, 'conflict'),
  },
};

const testWebhook = {
  operationId: 'testWebhook',
  summary: 'Send a test',
  description: 'Sends a signed message `endpoint.test` to this endpoint. Read its result at `location`.',
  parameters: [idPart],
  responses: {
    202: located(
      success('The message is sent', 'Delivery', { ...ASKED, event: 'endpoint.test' }),
      'The path of the delivery',
    ),
    ...problems(...OF_ONE, 'conflict'),
  },
};

const recoverWebhook = {
  operationId: 'recoverWebhook',
  summary: 'Recover deliveries',
  description: `Sends again what failed or is held, by the time of the messages, but not what the endpoint itself aborted. One request sends at most ${inThousands(MAX_RECOVERED)}.`,
  parameters: [idPart],
  requestBody: body('WebhookRecovery', { since: '2025-11-24T00:00:00Z' }),
  responses: {
    202: success('They are sent again', 'WebhookRecovered', { count: 12 }),
    ...problems(...OF_ONE, ...OF_BODY, 'conflict'),
  },
};

const listDeliveries = {
  operationId: 'listDeliveries',
  summary: 'List deliveries',
  description: 'The newest message first. A delivery is kept for 30 days.',
  parameters: [idPart, ...paging(MAX_DELIVERIES_PAGE, DEFAULT_DELIVERIES_PAGE)],
  responses: {
    200: success('One page', 'Deliveries', { items: [DELIVERY] }),
    ...problems('invalid-parameter', ...OF_ONE),
  },
};

const getDelivery = {
  operationId: 'getDelivery',
  summary: 'Read a delivery',
  description: 'With each of its attempts.',
  parameters: [idPart, deliveryPart],
  responses: { 200: success('The delivery', 'Delivery', DELIVERY), ...problems(...OF_ONE) },
};

const retryDelivery = {
  operationId: 'retryDelivery',
  summary: 'Send again',
  description:
    'Sends a delivery again at once, whatever its status, under the same `webhook-id`. If it fails, it is tried again over three days.',
  parameters: [idPart, deliveryPart],
  responses: {
    202: located(success('It is sent again', 'Delivery', ASKED), 'The path of the delivery'),
    ...problems(...OF_ONE, 'conflict'),
  },
};

const ONE = '/v1/webhooks/{id}';

/** The operations of the webhooks' routes by path and method. */
export const webhooksOperations = {
  '/v1/webhooks': { get: listWebhooks, post: createWebhook },
  [ONE]: { get: getWebhook, patch: changeWebhook, delete: deleteWebhook },
  [`${ONE}/test`]: { post: testWebhook },
  [`${ONE}/rotate-secret`]: { post: rotateSecret },
  [`${ONE}/recover`]: { post: recoverWebhook },
  [`${ONE}/deliveries`]: { get: listDeliveries },
  [`${ONE}/deliveries/{deliveryId}`]: { get: getDelivery },
  [`${ONE}/deliveries/{deliveryId}/retry`]: { post: retryDelivery },
};
