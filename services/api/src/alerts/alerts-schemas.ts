import type { MailOutcome } from '@weir/alerts';
import { countSchema, objectSchema, type Part, refTo, timeSchema } from '../openapi/parts/schema-parts.ts';
import { previewSchema } from './preview/preview-schema.ts';
import { newAlertSchema } from './rule/rule-schema.ts';

const rule = newAlertSchema.properties;
const { action, field, interval, comparison, threshold, relative } = rule;
const orNull = (schema: Part): Part => ({ anyOf: [schema, { type: 'null' }] });
const asOfSchema = {
  type: ['string', 'null'],
  format: 'date-time',
  description: 'Every event that arrived before this time is counted; null before the first event and the first sweep',
};

/** What a page of a list has beside its items. */
const CURSOR = { type: 'string', description: 'The cursor of the next page; absent on the last page' };

const patchFields = Object.fromEntries(Object.entries<Part>(rule).map(([name, schema]) => [name, orNull(schema)]));

const lastEvaluated = objectSchema('The last bucket that was judged after it closed', {
  bucket: { ...timeSchema, description: 'Its start' },
  value: { type: ['number', 'null'], description: 'Null if the bucket has no such value' },
  at: { ...timeSchema, description: 'When it was judged' },
});

const bucketFields = { start: timeSchema, end: { ...timeSchema, description: 'Exclusive' } };
const valueFields = {
  value: { type: 'number', description: 'What was compared' },
  baseline: { type: 'number', description: 'Of `relative`: the value of the earlier bucket' },
  count: countSchema,
};

const MAIL_OUTCOMES = [
  'sent',
  'capped',
  'quiet',
  'ended',
  'refused',
  'uncertain',
  'stale',
] as const satisfies MailOutcome[];

const mailsSchema = objectSchema(
  'How many of its mails ended how, so far. `capped`: beyond `mailsPerDay`; `quiet`: mailed within the cool-down; `ended`: the address gets no mail; `refused`: by SES; `uncertain`: nobody knows whether it is out; `stale`: not sent for a day',
  Object.fromEntries(MAIL_OUTCOMES.map((outcome) => [outcome, countSchema])),
  MAIL_OUTCOMES,
);

const firingSchema = objectSchema(
  'A bucket for which a rule fired, with the rule as it was then',
  {
    id: { type: 'string' },
    ...{ action, field, comparison, threshold, relative },
    bucket: objectSchema('The bucket', {
      ...{ ...bucketFields, interval },
      closed: { type: 'boolean', description: 'False if it fired before the bucket was over' },
    }),
    ...valueFields,
    asOf: asOfSchema,
    late: { type: 'boolean', description: 'It fired much later than the bucket closed' },
    notified: { type: 'boolean', description: 'False in cool-down, while muted, and while the rule fired already' },
    firedAt: timeSchema,
    recoveredAt: { ...timeSchema, description: 'Of the firing that was told last: when the rule recovered' },
    mails: mailsSchema,
  },
  ['threshold', 'relative', 'baseline', 'recoveredAt', 'mails'],
);

/** The schemas that the alerts' operations refer to. */
export const alertsSchemas: Part = {
  NewAlert: newAlertSchema,
  AlertPatch: {
    type: 'object',
    description: 'A JSON Merge Patch (RFC 7396). null removes a field. The result must be a NewAlert',
    properties: patchFields,
    additionalProperties: false,
  },
  AlertPreview: previewSchema,
  Alert: objectSchema(
    'A rule',
    {
      ...{ id: { type: 'string' }, ...rule },
      state: {
        type: 'string',
        enum: ['ok', 'firing', 'waiting'],
        description: '`waiting`: buckets cannot be closed at the moment, as a part of the stream is behind',
      },
      lastEvaluated,
      ...{ createdAt: timeSchema, updatedAt: timeSchema },
    },
    ['threshold', 'relative', 'mutedUntil', 'lastEvaluated'],
  ),
  Alerts: objectSchema('One page of rules', { items: { type: 'array', items: refTo('Alert') }, cursor: CURSOR }, [
    'cursor',
  ]),
  Firing: firingSchema,
  Firings: objectSchema('One page of firings', { items: { type: 'array', items: refTo('Firing') }, cursor: CURSOR }, [
    'cursor',
  ]),
  PreviewedFirings: objectSchema('The buckets for which a rule would have fired', {
    ...{ action, field, interval, from: { ...timeSchema, description: 'Inclusive; rounded down to a bucket' } },
    to: { ...timeSchema, description: 'Exclusive: the end of the last bucket that was judged' },
    firings: { type: 'array', items: objectSchema('One bucket', { ...bucketFields, ...valueFields }, ['baseline']) },
    asOf: asOfSchema,
  }),
};
