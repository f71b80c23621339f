import { TEST_TYPE, WEBHOOK_EVENTS } from '@weir/webhooks';
import { countSchema, objectSchema, type Part, refTo, timeSchema } from '../openapi/parts/schema-parts.ts';
import { recoverySchema } from './deliveries/recovery-schema.ts';
import { newWebhookSchema, webhookPatchSchema } from './endpoints/endpoint-schema.ts';

const { url, events, format } = newWebhookSchema.properties;

/** What a page of a list has beside its items. */
const cursorSchema = { type: 'string', description: 'The cursor of the next page; absent on the last page' };

const endpointFields = {
  id: { type: 'string' },
  ...{ url, events, format },
  asymmetric: { type: 'boolean', description: 'Whether messages are also signed with a key pair' },
  publicKey: { type: 'string', description: 'Of an asymmetric endpoint: verifies `v1a` signatures' },
  status: { type: 'string', enum: ['enabled', 'disabled'] },
  disabled: objectSchema('Why messages are held', {
    reason: {
      type: 'string',
      enum: ['gone', 'failing', 'asked'],
      description: '`gone`: it answered 410. `failing`: it failed for five days. `asked`: by a PATCH',
    },
    since: timeSchema,
  }),
  failingSince: { ...timeSchema, description: 'The first failure since the last success; absent if there was none' },
  pausedUntil: { ...timeSchema, description: 'It asked for a pause (`Retry-After`, 429, 502 or 504) until then' },
  oldSecretsUntil: { ...timeSchema, description: 'After a rotation: until then the old secrets sign too' },
  createdAt: timeSchema,
  createdBy: { type: 'string', description: 'Id of the key that made it' },
};
const OPTIONAL = ['publicKey', 'disabled', 'failingSince', 'pausedUntil', 'oldSecretsUntil'];

const attemptSchema = objectSchema(
  'One request, and its result',
  {
    at: timeSchema,
    status: { type: 'integer', description: 'The status of the answer; absent if there was none' },
    error: { type: 'string', description: 'Why there was no answer, for people' },
    durationMs: countSchema,
    response: { type: 'string', description: 'The first kilobyte of the answer’s body' },
  },
  ['status', 'error', 'response'],
);

/** The schemas that the webhooks' operations refer to. */
export const webhooksSchemas: Part = {
  NewWebhook: newWebhookSchema,
  WebhookPatch: webhookPatchSchema,
  WebhookRecovery: recoverySchema,
  Webhook: objectSchema('An endpoint, without its secrets', endpointFields, OPTIONAL),
  WebhookWithSecret: objectSchema(
    'An endpoint, with its new secret',
    {
      ...endpointFields,
      secret: {
        type: 'string',
        description:
          'Verifies `v1` signatures; absent for Slack. It is shown once: a repeated request with an Idempotency-Key gets an answer without it',
      },
    },
    [...OPTIONAL, 'secret'],
  ),
  Webhooks: objectSchema(
    'One page of endpoints',
    { items: { type: 'array', items: refTo('Webhook') }, cursor: cursorSchema },
    ['cursor'],
  ),
  Delivery: objectSchema(
    'A message to an endpoint',
    {
      id: { type: 'string', description: 'The id of the message, as receivers get it in `webhook-id`' },
      event: { type: 'string', enum: [...WEBHOOK_EVENTS, TEST_TYPE] },
      status: {
        type: 'string',
        enum: ['pending', 'delivered', 'failed', 'held'],
        description: '`held`: it waits for a recovery, as the endpoint was disabled when it came',
      },
      reason: {
        type: 'string',
        enum: ['exhausted', 'aborted', 'gone', 'refused-address'],
        description: 'Why it failed',
      },
      attempts: { type: 'array', items: attemptSchema, description: 'The last twenty, the oldest first' },
      nextAttemptAt: { ...timeSchema, description: 'Only while it is pending' },
      createdAt: timeSchema,
    },
    ['reason', 'nextAttemptAt'],
  ),
  Deliveries: objectSchema(
    'One page of deliveries',
    { items: { type: 'array', items: refTo('Delivery') }, cursor: cursorSchema },
    ['cursor'],
  ),
  WebhookRecovered: objectSchema(
    'What is sent again',
    {
      count: { ...countSchema, description: 'The number of deliveries' },
      next: { ...timeSchema, description: 'There are more: send it as `since` to go on' },
    },
    ['next'],
  ),
};
