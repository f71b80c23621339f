import { expect } from 'chai';
import type { MockEvent } from './gateway/http-event.ts';
import { type LocalApi, openLocalApi } from './testing/local-api.ts';

const mock = (path: string, status: number, more: Record<string, string> = {}): MockEvent => ({
  method: 'any',
  path,
  integration: 'MOCK',
  request: { template: { 'application/json': `{"statusCode":${status}}`, 'text/plain': `{"statusCode":${status}}` } },
  response: {
    headers: { 'content-type': "'application/problem+json'", 'x-request-id': 'context.requestId', ...more },
    statusCodes: { [status]: { template: '{"said":"$context.httpMethod","requestId":"$context.requestId"}' } },
  },
});

const http = [
  { method: 'post', path: 'v1/events' },
  mock('v1/events', 405, { allow: "'POST'" }),
  mock('/', 404),
  mock('{proxy+}', 404),
];

describe('the API’s door, for routes without a function', () => {
  let api: LocalApi;
  let url: string;
  let asked: string[] = [];

  before(async () => {
    const f = ({ httpMethod, path }: { httpMethod: string; path: string }) => {
      asked.push(`${httpMethod} ${path}`);
      return { statusCode: 202, body: '{}' };
    };
    api = await openLocalApi({ functions: { f }, http, door: { gatewayResponses: () => [] } });
    url = api.url;
  });

  after(() => api.close());

  beforeEach(() => {
    asked = [];
  });

  for (const [method, path, status] of [
    ['GET', '/v1/none', 404],
    ['DELETE', '/v1/events/1', 404],
    ['GET', '/', 404],
    ['OPTIONS', '/v1/none', 404],
    ['GET', '/v1/events', 405],
    ['OPTIONS', '/v1/events', 405],
  ] as const) {
    it(`answers ${method} ${path} with ${status}, for every caller, and calls no function`, async () => {
      const response = await fetch(`${url}${path}?x=1`, { method, headers: { authorization: 'Bearer key' } });
      expect(response.status).to.equal(status);
      expect(response.headers.get('content-type')).to.equal('application/problem+json');
      expect(response.headers.get('x-request-id')).to.equal('r-1');
      expect(response.headers.get('allow')).to.equal(status === 405 ? 'POST' : null);
      expect(await response.json()).to.deep.equal({ said: method, requestId: 'r-1' });
      expect(asked).to.deep.equal([]);
    });
  }

  it('answers HEAD with the headers alone', async () => {
    const response = await fetch(`${url}/v1/events`, { method: 'HEAD' });
    expect(response.status).to.equal(405);
    expect(await response.text()).to.equal('');
  });

  for (const [type, status] of [
    ['text/plain; charset=utf-8', 404],
    ['Application/JSON', 404],
    ['image/png', 415],
  ] as const) {
    it(`answers a body of ${type} with ${status}`, async () => {
      const headers = { 'content-type': type };
      const response = await fetch(`${url}/v1/none`, { method: 'POST', body: 'x', headers });
      expect(response.status).to.equal(status);
    });
  }

  it('asks the function of a route all the same', async () => {
    const response = await fetch(`${url}/v1/events`, { method: 'POST', body: '{}' });
    expect(response.status).to.equal(202);
    expect(asked).to.deep.equal(['POST /v1/events']);
  });
});
