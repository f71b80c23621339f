import { expect } from 'chai';
import { checkRequest } from './check-request.ts';
import type { HttpRequest } from './http-request.ts';

const MODEL = {
  $schema: 'http://json-schema.org/draft-04/schema#',
  type: 'object',
  required: ['events'],
  properties: { events: { type: 'array', minItems: 1, maxItems: 2 } },
};

function check(
  { type, query = '', headers = {}, body = '' }: { type?: string; query?: string; headers?: object; body?: string },
  checks: object,
) {
  const named = { ...headers, ...(type !== undefined && { 'Content-Type': type }) };
  const request = {
    query: new Map([...new URLSearchParams(query)].map(([name, value]) => [name, [value]])),
    headers: new Map(Object.entries(named).map(([name, value]) => [name, [String(value)]])),
  } as unknown as HttpRequest;
  return checkRequest(request, Buffer.from(body), checks);
}

describe('checkRequest', () => {
  const schemas = { schemas: { 'application/json': MODEL } };

  it('lets everything through where a route checks nothing', () => {
    expect(check({ body: 'x' }, {})).to.equal(undefined);
  });

  for (const body of ['{"events":[1]}', '{"events":[1,2],"more":true}']) {
    it(`lets ${body} through`, () => {
      for (const type of ['application/json', 'Application/JSON; charset=utf-8', undefined]) {
        expect(check({ body, ...(type !== undefined && { type }) }, schemas)).to.equal(undefined);
      }
    });
  }

  const bad = [
    '',
    'x',
    '[]',
    'null',
    '{}',
    '{"events":[]}',
    '{"events":[1,2,3]}',
    '{"events":{}}',
    '{"events":[1]',
    'NaN',
  ];
  for (const body of [...bad, '{"__proto__":{"events":[1]}}', '\ufeff{"events":[1]}', '['.repeat(50_000)]) {
    it(`refuses ${body.slice(0, 30) || 'nothing'}`, () => {
      expect(check({ body, type: 'application/json' }, schemas)).to.equal('BAD_REQUEST_BODY');
    });
  }

  it('looks at no body of a type that has no model', () => {
    expect(check({ body: 'x', type: 'text/plain' }, schemas)).to.equal(undefined);
    expect(check({ body: 'x', type: 'constructor' }, schemas)).to.equal(undefined);
    const merge = { schemas: { 'application/merge-patch+json': MODEL } };
    expect(check({ body: '{}', type: 'application/merge-patch+json' }, merge)).to.equal('BAD_REQUEST_BODY');
  });

  it('asks for the parameters that a route needs, and not for blank ones', () => {
    const parameters = { querystrings: { from: true, to: false }, headers: { 'X-Id': { required: true } } };
    expect(check({ query: 'from=1', headers: { 'x-id': 'a' } }, { parameters })).to.equal(undefined);
    for (const without of [
      { headers: { 'x-id': 'a' } },
      { query: 'from=1' },
      { query: 'from=+', headers: { 'x-id': 'a' } },
    ]) {
      expect(check(without, { parameters })).to.equal('BAD_REQUEST_PARAMETERS');
    }
  });
});
