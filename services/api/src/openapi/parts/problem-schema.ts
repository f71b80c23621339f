import { problemType } from '../../http/answers/problem.ts';
import { objectSchema } from './schema-parts.ts';

const fault = objectSchema(
  'One fault with its place',
  {
    pointer: { type: 'string', format: 'json-pointer', description: 'JSON pointer into the body' },
    parameter: { type: 'string', description: 'Name of a path or query parameter' },
    header: { type: 'string', description: 'Name of a header' },
    reason: { type: 'string', description: 'Stable name of the reason for which an event was refused' },
    detail: { type: 'string', description: 'For people; may change' },
  },
  ['pointer', 'parameter', 'header', 'reason'],
);

/** The form of every error (RFC 9457). */
export const problemSchema = objectSchema(
  'A problem (RFC 9457)',
  {
    type: { type: 'string', format: 'uri', description: 'Stable', examples: [problemType('invalid-parameter')] },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: { type: 'array', items: fault },
  },
  ['status', 'detail', 'errors'],
);
