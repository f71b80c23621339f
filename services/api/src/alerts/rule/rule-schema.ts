import {
  DEFAULT_COOLDOWN_SECONDS,
  DEFAULT_LATE_SECONDS,
  MAX_CHANNELS,
  MAX_COOLDOWN_SECONDS,
  MAX_LATE_SECONDS,
  MAX_PERCENT,
  MAX_THRESHOLD,
} from './limits.ts';

// Neither control characters nor halves of a surrogate pair, which a table does not accept as text.
const NAME_PATTERN = '^[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]+$';
const ACTION_PATTERN = '^(?!\\.{1,2}$)(?:[A-Za-z0-9._:-]{1,128}|[A-Za-z0-9._:-]{0,127}\\*)$';
const MAIL_PATTERN = '^[^\\s@]+@[^\\s@]+$';
const ID_PATTERN = '^[A-Za-z0-9_-]{1,64}$';

/** The fields of a rule that decide when it fires. */
export const CONDITION_FIELDS = {
  action: {
    type: 'string',
    pattern: ACTION_PATTERN,
    description: 'An action, a prefix such as `checkout.*`, or `*`: the actions that it matches are one series',
  },
  field: {
    type: 'string',
    enum: ['count', 'sum', 'mean', 'users', 'p95'],
    description: 'What is compared; without it, `count`. Minutes have no `users` and no `p95`',
  },
  interval: {
    type: 'string',
    enum: ['minute', 'hour', 'day'],
    description: 'The width of a bucket, in UTC; without it, `minute`',
  },
  comparison: {
    type: 'string',
    enum: ['above', 'below', 'silent'],
    description: 'When it fires. `silent`: nothing was counted in the bucket',
  },
  threshold: {
    type: 'number',
    minimum: -MAX_THRESHOLD,
    maximum: MAX_THRESHOLD,
    description: 'Of `above` and `below`, unless the rule has `relative`',
  },
  relative: {
    type: 'object',
    description: 'Compares with an earlier bucket. A bucket without one to compare with does not fire',
    properties: {
      to: {
        type: 'string',
        enum: ['previous', 'day', 'week'],
        description: 'The bucket before, or the same one a day or a week earlier',
      },
      percent: {
        type: 'number',
        minimum: 0,
        maximum: MAX_PERCENT,
        description: 'How far above or below the earlier bucket',
      },
      minCount: {
        type: 'integer',
        minimum: 0,
        maximum: MAX_THRESHOLD,
        description:
          'The least count of the bucket (`above`) or of the earlier one (`below`) for which it fires; without it, 0',
      },
    },
    required: ['to', 'percent'],
    additionalProperties: false,
  },
  lateSeconds: {
    type: 'integer',
    minimum: 0,
    maximum: MAX_LATE_SECONDS,
    description: `How long a bucket waits for late events after its end; without it, ${DEFAULT_LATE_SECONDS}`,
  },
} as const;

/** The body of `POST /v1/alerts`. */
export const newAlertSchema = {
  type: 'object',
  description: 'A rule to make. It needs `threshold` or `relative`, unless it is `silent`',
  properties: {
    name: { type: 'string', maxLength: 100, pattern: NAME_PATTERN, description: 'For people, and in each message' },
    ...CONDITION_FIELDS,
    repeat: {
      type: 'string',
      enum: ['recovered', 'cooldown'],
      description:
        'When it is told again: after it has recovered, or `cooldownSeconds` after it was told; without it, `recovered`',
    },
    cooldownSeconds: {
      type: 'integer',
      minimum: 0,
      maximum: MAX_COOLDOWN_SECONDS,
      description: `Without it, ${DEFAULT_COOLDOWN_SECONDS}`,
    },
    enabled: { type: 'boolean', description: 'Without it, true. A rule that is not enabled judges nothing' },
    mutedUntil: { type: 'string', format: 'date-time', description: 'Until then it fires, and nobody is told' },
    channels: {
      type: 'array',
      description: 'Where it is told; without it, at every webhook that takes `alert.fired`',
      maxItems: MAX_CHANNELS,
      items: {
        type: 'object',
        properties: {
          type: { type: 'string', enum: ['webhook', 'email'] },
          endpointId: {
            type: 'string',
            pattern: ID_PATTERN,
            description: 'Of a webhook; without it, every endpoint that takes the event',
          },
          to: { type: 'string', maxLength: 254, pattern: MAIL_PATTERN, description: 'Of an email: the address' },
        },
        required: ['type'],
        additionalProperties: false,
      },
    },
  },
  required: ['name', 'action', 'comparison'],
  additionalProperties: false,
} as const;

/** Sentences for the schema's patterns. */
export const RULE_PATTERNS = {
  [NAME_PATTERN]: 'must have 1 to 100 characters, none of them a control character',
  [ACTION_PATTERN]: 'must be 1 to 128 of A-Z a-z 0-9 . _ : - and not . or .., or end in *',
  [MAIL_PATTERN]: 'must have something before and after one @, and no spaces',
  [ID_PATTERN]: 'must be the id of an endpoint, from GET /v1/webhooks',
};
