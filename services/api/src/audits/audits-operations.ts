import { MAX_INLINE_BUCKETS } from '@weir/dynamodb/audits';
import { problems, success } from '../openapi/parts/answers.ts';
import { countSchema, inPath, objectSchema, type Part, timeSchema } from '../openapi/parts/schema-parts.ts';
import { linkSchema } from '../reports/links/links-schema.ts';

const AUDIT = {
  ...{ date: '2025-11-24', timeZone: 'UTC', from: '2025-11-24T00:00:00.000Z', to: '2025-11-25T00:00:00.000Z' },
  ...{ asOf: '2025-11-25T02:10:00.000Z', auditedAt: '2025-11-25T02:11:30.250Z', status: 'drift', drift: 1 },
  buckets: [
    {
      ...{ action: 'checkout', unit: 'minute', start: '2025-11-24T16:03:00.000Z', field: 'count' },
      ...{ stored: '8', archived: '7' },
    },
  ],
  missingObjects: [],
  isComplete: true,
  heads: [{ logId: '1764000000.0', number: 1204, position: { sequenceNumber: '4966', index: 3 } }],
  links: {
    json: 'https://s3.example.com/audits/2025-11-24/2025-11-25T02-11-30.250Z-4f1c.json?X-Amz-Signature=0b6f',
    expiresAt: '2025-11-25T08:15:00.000Z',
  },
};

const getAudit = {
  operationId: 'getAudit',
  summary: 'Read an audit',
  description: `Whether the counts of a day equal the archive. Each night, the day that has ended is compared; late events make no drift, as both sides are read up to the same end. A key with \`actionPrefixes\` sees no audit. Up to ${MAX_INLINE_BUCKETS} differences are in the answer; the linked file has all.`,
  parameters: [
    inPath('date', 'A day of the stage’s time zone', { type: 'string', format: 'date', example: AUDIT.date }),
  ],
  responses: {
    200: success('The audit', 'Audit', AUDIT),
    ...problems('invalid-path', 'invalid-parameter', 'unauthorized', 'forbidden', 'resource-not-found'),
  },
};

/** The operations of the audits' routes by path and method. */
export const auditsOperations = { '/v1/audits/{date}': { get: getAudit } };

const bucketSchema = objectSchema('A value of a bucket that differs', {
  action: { type: 'string' },
  unit: { type: 'string', enum: ['minute', 'hour', 'day'] },
  start: timeSchema,
  field: { type: 'string', enum: ['count', 'sum', 'min', 'max', 'users', 'values'] },
  stored: { type: 'string', description: 'What is stored, and answered' },
  archived: { type: 'string', description: 'What the lines of the archive give' },
});

const positionSchema = {
  ...objectSchema('Where its newest entry ends; null if there is none', {
    sequenceNumber: { type: 'string' },
    index: countSchema,
  }),
  type: ['object', 'null'],
};

/** The schemas that the audits' operations refer to. */
export const auditsSchemas: Part = {
  Audit: objectSchema('The audit of a day', {
    date: { type: 'string', format: 'date' },
    timeZone: { type: 'string', description: 'The time zone of its day' },
    from: { ...timeSchema, description: 'Inclusive: whole hours of UTC around the day' },
    to: { ...timeSchema, description: 'Exclusive' },
    asOf: {
      type: ['string', 'null'],
      format: 'date-time',
      description:
        'Events that arrived before this time were compared; null before the first event and the first sweep',
    },
    auditedAt: timeSchema,
    status: { type: 'string', enum: ['clean', 'drift'] },
    drift: {
      ...countSchema,
      description: 'The number of buckets that differ, and of objects that are missing or damaged',
    },
    buckets: { type: 'array', items: bucketSchema },
    missingObjects: {
      type: 'array',
      items: { type: 'string' },
      description: 'Keys of objects of the archive that are missing or damaged; the file says which of the two',
    },
    isComplete: { type: 'boolean', description: 'Whether the answer has all differences, and not only the file' },
    heads: {
      type: 'array',
      description: 'How far each log was read',
      items: objectSchema('A log', {
        logId: { type: 'string' },
        number: { type: 'integer', minimum: -1, description: 'Its newest entry; -1 if there is none' },
        position: positionSchema,
      }),
    },
    links: objectSchema('The file with all differences', { json: linkSchema, expiresAt: timeSchema }),
  }),
};
