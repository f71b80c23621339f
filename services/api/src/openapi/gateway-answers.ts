import { problemType } from '../http/answers/problem.ts';
import { REQUEST_ID } from './parts/problem-examples.ts';
import type { Part } from './parts/schema-parts.ts';

function answer(description: string, examples: Readonly<Record<string, Part>>): Part {
  const values = Object.entries(examples).map(([name, value]) => [
    name,
    { value: { ...value, requestId: REQUEST_ID } },
  ]);
  return {
    description,
    headers: { 'x-request-id': { $ref: '#/components/headers/RequestId' } },
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(values),
      },
    },
  };
}

const unavailable = { type: problemType('unavailable'), title: 'The service cannot answer at the moment' };

/** The answers of API Gateway itself, which any operation can get. */
export const GATEWAY_ANSWERS: Part = {
  '4XX': answer('API Gateway itself refused the request. After a 429, wait for the time in `retry-after`', {
    'gateway-refused': { type: problemType('gateway-refused'), title: 'The request was refused' },
  }),
  '5XX': answer('API Gateway got no answer. Send the request again after the time in `retry-after`', {
    'no-answer': { ...unavailable, status: 502 },
    'no-answer-in-time': { ...unavailable, status: 504 },
  }),
};
