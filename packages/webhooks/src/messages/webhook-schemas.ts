/** RFC 3339 in UTC, with milliseconds. */
const timeSchema = { type: 'string', format: 'date-time' } as const;
const textSchema = { type: 'string' } as const;
const numberSchema = { type: 'number' } as const;
const countSchema = { type: 'integer', minimum: 0 } as const;
const flagSchema = { type: 'boolean' } as const;

const bucketSchema = {
  type: 'object',
  required: ['start', 'end', 'interval', 'closed'],
  properties: {
    start: timeSchema,
    end: timeSchema,
    interval: { enum: ['minute', 'hour', 'day'] },
    closed: { ...flagSchema, description: 'False where an open bucket was enough to fire' },
  },
} as const;

const firedSchema = {
  type: 'object',
  required: ['firingId', 'alert', 'action', 'field', 'comparison', 'bucket', 'value', 'count', 'asOf', 'late'],
  properties: {
    firingId: textSchema,
    alert: { type: 'object', required: ['id', 'name'], properties: { id: textSchema, name: textSchema } },
    action: textSchema,
    field: { enum: ['count', 'sum', 'mean', 'users', 'p95'] },
    comparison: { enum: ['above', 'below', 'silent'] },
    threshold: numberSchema,
    relative: {
      type: 'object',
      required: ['to', 'percent', 'minCount'],
      properties: { to: { enum: ['previous', 'day', 'week'] }, percent: numberSchema, minCount: countSchema },
    },
    bucket: bucketSchema,
    value: numberSchema,
    baseline: { ...numberSchema, description: 'What `relative` compared the value with' },
    count: countSchema,
    asOf: {
      type: ['string', 'null'],
      format: 'date-time',
      description: 'Arrival up to which everything was counted; null before the first event and the first sweep',
    },
    late: { ...flagSchema, description: 'Evaluated after an outage' },
  },
} as const;

/** The `data` of each type of message, as JSON Schema: the types of the code are derived from it. */
export const dataSchemas = {
  'alert.fired': firedSchema,
  // The bucket is the first one in which the condition is false again.
  'alert.recovered': {
    type: 'object',
    required: [...firedSchema.required, 'recoveredAt', 'firedBucket'],
    properties: { ...firedSchema.properties, recoveredAt: timeSchema, firedBucket: bucketSchema },
  },
  'report.ready': {
    type: 'object',
    required: ['reportId', 'kind', 'from', 'to', 'revision', 'path'],
    properties: {
      reportId: textSchema,
      kind: textSchema,
      from: timeSchema,
      to: timeSchema,
      revision: countSchema,
      path: { ...textSchema, description: 'The path of the API that has the report' },
    },
  },
  // What is not required is cut from the message when it is delivered, exhausted or aborted.
  'user.erased': {
    type: 'object',
    required: ['erasureId'],
    properties: { erasureId: textSchema, userId: textSchema, erasedAt: timeSchema },
  },
  'endpoint.disabled': {
    type: 'object',
    required: ['endpointId', 'reason', 'since'],
    properties: { endpointId: textSchema, reason: { enum: ['gone', 'failing', 'asked'] }, since: timeSchema },
  },
  'message.attempt.exhausted': {
    type: 'object',
    required: ['endpointId', 'messageId', 'type', 'attempts'],
    properties: {
      endpointId: textSchema,
      messageId: textSchema,
      type: textSchema,
      attempts: countSchema,
      lastStatus: countSchema,
      lastError: textSchema,
    },
  },
  'endpoint.test': { type: 'object', required: ['endpointId'], properties: { endpointId: textSchema } },
} as const;

/** The body of a message in the format `standard`, as JSON Schema. */
export function bodySchema(type: keyof typeof dataSchemas) {
  const { required, properties } = dataSchemas[type];
  // A body that would be too long says that texts were cut.
  const data = { type: 'object', required, properties: { ...properties, truncated: { const: true } } };
  return {
    type: 'object',
    required: ['type', 'timestamp', 'data'],
    properties: { type: { const: type }, timestamp: timeSchema, data },
  };
}
