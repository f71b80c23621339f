/* biome-ignore-all lint/suspicious/noTemplateCurlyInString: API Gateway's, not ours */

import { expect } from 'chai';
import { contextOfRequest, headerValue, renderTemplate } from './gateway-context.ts';

const CONTEXT = contextOfRequest({ requestId: 'r-1', method: 'GET', path: '/v1/a', stage: 'local' });

describe('a template of API Gateway', () => {
  for (const [template, rendered] of [
    ['{"id":"$context.requestId"}', '{"id":"r-1"}'],
    ['${context.httpMethod} ${context.path}', 'GET /v1/a'],
    ['$context.stage.', 'local.'],
    ['$context.requestId$context.extendedRequestId', 'r-1r-1'],
    ['$context.nothing and ${context.nothing}', ' and '],
    ['$input.body ${stageVariables.a} $', '$input.body ${stageVariables.a} $'],
    ['', ''],
  ] as const) {
    it(`${template || 'without a word'} is ${JSON.stringify(rendered)}`, () => {
      expect(renderTemplate(template, CONTEXT)).to.equal(rendered);
    });
  }

  it('is not read again: the value of a variable stays as it is', () => {
    const context = contextOfRequest({ requestId: 'r-1', method: 'GET', path: '/$context.requestId/$&', stage: 'a' });
    expect(renderTemplate('$context.path', context)).to.equal('/$context.requestId/$&');
  });
});

describe('a header of a template', () => {
  for (const [value, expected] of [
    ["'application/problem+json'", 'application/problem+json'],
    ["''", ''],
    ['context.requestId', 'r-1'],
    ['context.nothing', ''],
    ['method.request.header.origin', ''],
  ] as const) {
    it(`${value} is ${JSON.stringify(expected)}`, () => expect(headerValue(value, CONTEXT)).to.equal(expected));
  }
});
