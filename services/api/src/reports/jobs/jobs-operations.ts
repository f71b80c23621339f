import { done, problems, success } from '../../openapi/parts/answers.ts';
import { jsonBody } from '../../openapi/parts/json-body.ts';
import { countSchema, inPath, objectSchema, type Part, timeSchema } from '../../openapi/parts/schema-parts.ts';
import { linksSchema } from '../links/links-schema.ts';
import { ASKED_KINDS, MAX_FUNNEL_DAYS, MAX_QUESTION_BYTES, MAX_RETENTION_WEEKS, MAX_SUMMARY_DAYS } from './limits.ts';
import { questionSchema } from './question-schema.ts';

const ID = 'summary-01kbc2v8h65j3q9w4e7r1t6y2m';
const QUESTION = { kind: 'summary', from: '2025-11-01T00:00:00Z', to: '2025-11-24T00:00:00Z' };

/** A job that waits, as answers have it. */
export const QUEUED_JOB = {
  ...{ id: ID, kind: 'summary', status: 'queued', parts: { done: 0, total: 0 } },
  ...{ from: '2025-11-01T00:00:00.000Z', to: '2025-11-24T00:00:00.000Z', timeZone: 'UTC' },
  createdAt: '2025-11-24T16:20:30.500Z',
};

const askReport = {
  operationId: 'askReport',
  summary: 'Ask for a report',
  description: `Begins the work on a question; read the report at \`location\` until its \`status\` is \`done\`. A summary has at most ${MAX_SUMMARY_DAYS} days, a retention ${MAX_RETENTION_WEEKS} weeks, a funnel ${MAX_FUNNEL_DAYS} days. Two reports of a key run at once and ten wait. A key that is limited to action prefixes must name \`actions\` or \`steps\` that it may use.`,
  requestBody: jsonBody({ schema: 'Question', example: QUESTION, maxBytes: MAX_QUESTION_BYTES }),
  responses: {
    202: {
      ...success('The report is queued', 'Job', QUEUED_JOB),
      headers: {
        'x-request-id': { $ref: '#/components/headers/RequestId' },
        location: { description: 'The report', schema: { type: 'string' } },
      },
    },
    ...problems(
      'invalid-json',
      'invalid-body',
      'unauthorized',
      'forbidden',
      'too-large',
      'unsupported-media-type',
      'too-many-jobs',
    ),
  },
};

const cancelReport = {
  operationId: 'cancelReport',
  summary: 'Cancel a report',
  description: 'Ends a report that is queued or running. One that has ended, or a daily report, is a 409.',
  parameters: [inPath('id', 'A report’s id, from the answer to the question', { type: 'string', example: ID })],
  responses: {
    204: done('It is cancelled'),
    ...problems('invalid-path', 'unauthorized', 'forbidden', 'resource-not-found', 'conflict'),
  },
};

/** The operations on jobs by path and method. */
export const jobsOperations = {
  '/v1/reports': { post: askReport },
  '/v1/reports/{id}': { delete: cancelReport },
};

const namesSchema = { type: 'array', items: { type: 'string' } };

/** The fields of a job. */
const jobFields = {
  id: { type: 'string' },
  kind: { type: 'string', enum: ASKED_KINDS },
  status: { type: 'string', enum: ['queued', 'running', 'done', 'failed', 'cancelled'] },
  reason: { type: 'string', description: 'Why it failed' },
  parts: objectSchema('The parts of its work', {
    done: { ...countSchema, description: 'Parts that have ended' },
    total: { ...countSchema, description: 'All parts; 0 until the work begins' },
  }),
  from: { ...timeSchema, description: 'Inclusive' },
  to: { ...timeSchema, description: 'Exclusive' },
  timeZone: { type: 'string' },
  actions: { ...namesSchema, description: 'As they were asked for; absent for all' },
  steps: { ...namesSchema, description: 'Of a funnel' },
  windowSeconds: { type: 'integer', description: 'Of a funnel' },
  createdAt: timeSchema,
  endedAt: timeSchema,
  links: linksSchema,
};

/** The schemas that the operations on jobs refer to. */
export const jobsSchemas: Part = {
  Question: questionSchema,
  Job: objectSchema('A report that was asked for. It has `links` when it is done', jobFields, [
    ...['reason', 'actions', 'steps', 'windowSeconds', 'endedAt', 'links'],
  ]),
};
