/** Actions of one subscription. */
export const MAX_ACTIONS = 20;

/** Printable ASCII: an id is a part of a key of the table. */
const idSchema = { type: 'string', minLength: 1, maxLength: 64, pattern: '^[!-~]+$' } as const;
/** As the metrics' route takes it. */
const actionSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 128,
  pattern: '^(?!\\.{1,2}$)[A-Za-z0-9._:-]+$',
} as const;

/** What a client may say, by its `type`. */
export const clientSchemas = {
  subscribe: {
    type: 'object',
    required: ['type', 'id', 'actions', 'interval'],
    properties: {
      type: { const: 'subscribe' },
      id: idSchema,
      actions: { type: 'array', minItems: 1, maxItems: MAX_ACTIONS, items: actionSchema },
      interval: { enum: ['minute', 'hour', 'day'] },
    },
  },
  unsubscribe: {
    type: 'object',
    required: ['type', 'id'],
    properties: { type: { const: 'unsubscribe' }, id: idSchema },
  },
  ping: { type: 'object', required: ['type'], properties: { type: { const: 'ping' } } },
} as const;

/** The answer to a message that was not followed. */
export const errorSchema = {
  type: 'object',
  required: ['type', 'code'],
  properties: {
    type: { const: 'error' },
    id: { type: 'string', description: 'The subscription that the message named' },
    code: { enum: ['bad-request', 'forbidden', 'too-many'] },
  },
} as const;

/** The answer to a ping, which API Gateway gives by itself. */
export const pongSchema = { type: 'object', required: ['type'], properties: { type: { const: 'pong' } } } as const;
