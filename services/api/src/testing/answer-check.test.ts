import { expect } from 'chai';
import { createOpenApiDocument } from '../openapi/document.ts';
import { type AnswersDocument, createAnswerCheck, type GivenAnswer } from './answer-check.ts';

const check = createAnswerCheck(createOpenApiDocument() as unknown as AnswersDocument);
const HEALTH = { status: 'ok', service: 'api', stage: 'test' };

function faultsOf(change: Partial<GivenAnswer> & { json?: object; type?: string; id?: string }): string[] {
  const { json = HEALTH, type = 'application/json', id = 'request-1', ...given } = change;
  const headers = new Map([['content-type', type], ...(id === '' ? [] : [['x-request-id', id] as const])]);
  return check({ path: '/health', method: 'get', status: 200, body: JSON.stringify(json), headers, ...given });
}

describe('the check of answers', () => {
  it('finds nothing in an answer that is as described', () => {
    expect(faultsOf({})).to.deep.equal([]);
  });

  for (const [what, change] of [
    ['a field that is missing', { json: { status: 'ok', service: 'api' } }],
    ['a field that is not described', { json: { ...HEALTH, more: 1 } }],
    ['half of a surrogate pair', { json: { ...HEALTH, stage: '\ud800' } }],
    ['a status that is not described', { status: 302 }],
    ['a type that is not described', { type: 'text/plain' }],
    ['a header that is missing', { id: '' }],
    ['an operation that is not described', { method: 'put' }],
    [
      'a problem that is not described',
      {
        ...{ status: 500, type: 'application/problem+json' },
        json: { type: 'urn:weir:problem:other', title: 'x', requestId: 'r' },
      },
    ],
  ] as const) {
    it(`finds ${what}`, () => {
      expect(faultsOf(change)).to.have.length(1);
    });
  }
});
