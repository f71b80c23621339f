/** A bucket of an action as clients get it: always whole. */
export const rowSchema = {
  type: 'object',
  required: ['action', 'start', 'count', 'sum', 'mean', 'users', 'p95'],
  properties: {
    action: { type: 'string' },
    start: { type: 'string', format: 'date-time' },
    count: { type: 'number' },
    sum: { type: 'number' },
    mean: { type: 'number' },
    users: { type: ['number', 'null'], description: 'Null of a minute' },
    p95: { type: ['number', 'null'], description: 'Null of a minute' },
  },
} as const;

/** Rows of one subscription. */
export const subscriptionRowsSchema = {
  type: 'object',
  required: ['id', 'rows'],
  properties: { id: { type: 'string' }, rows: { type: 'array', items: rowSchema } },
} as const;

/** What a frame says of a subscription. */
export const rowsFrameSchema = {
  type: 'object',
  required: ['type', ...subscriptionRowsSchema.required],
  properties: {
    type: { enum: ['snapshot', 'rows'] },
    ...subscriptionRowsSchema.properties,
    last: { const: true, description: 'Only of the last frame of a snapshot' },
    also: {
      type: 'array',
      items: subscriptionRowsSchema,
      description: 'Only of `rows`: what it says of other subscriptions',
    },
  },
} as const;
