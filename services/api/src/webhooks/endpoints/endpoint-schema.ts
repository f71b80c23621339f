import { WEBHOOK_EVENTS, WEBHOOK_FORMATS } from '@weir/webhooks';
import { MAX_URL_LENGTH } from './limits.ts';

const URL_PATTERN = '^https?://[!-~]+$';

const urlSchema = {
  type: 'string',
  description:
    'Takes the messages by POST: an HTTPS address, on public IPv4 addresses only. On your machine HTTP and `localhost` too',
  maxLength: MAX_URL_LENGTH,
  pattern: URL_PATTERN,
} as const;

const eventsSchema = {
  type: 'array',
  description: 'The events that it takes',
  items: { type: 'string', enum: WEBHOOK_EVENTS },
  minItems: 1,
  uniqueItems: true,
} as const;

/** The body of `POST /v1/webhooks`. */
export const newWebhookSchema = {
  type: 'object',
  description: 'An endpoint to make',
  properties: {
    url: urlSchema,
    events: eventsSchema,
    format: {
      type: 'string',
      enum: WEBHOOK_FORMATS,
      description:
        '`standard` is Standard Webhooks, signed; `slack` is the body of a Slack channel’s incoming webhook, unsigned. Without it, `standard`',
    },
    asymmetric: {
      type: 'boolean',
      description: 'Also signs with a key pair (`v1a`): receivers then need only the public key. Without it, false',
    },
  },
  required: ['url', 'events'],
  additionalProperties: false,
} as const;

/** The body of `PATCH /v1/webhooks/{id}`. */
export const webhookPatchSchema = {
  type: 'object',
  description: 'The fields of an endpoint to change. No field can be removed',
  properties: {
    url: urlSchema,
    events: eventsSchema,
    status: {
      type: 'string',
      enum: ['enabled', 'disabled'],
      description:
        'While it is disabled, its messages are held. `enabled` sends new ones; held ones wait for a recovery',
    },
  },
  additionalProperties: false,
} as const;

/** Sentences for the schemas' patterns. */
export const WEBHOOK_PATTERNS = { [URL_PATTERN]: 'must be an https:// URL, in ASCII and without spaces' };
