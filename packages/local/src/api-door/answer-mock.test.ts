import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { type ApiDoor, openApiDoor } from './api-door.ts';
import { httpEventsOf, type MockEvent } from './http-event.ts';
import { markOwnResponse } from './own-response.ts';

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
  let backend: Server;
  let door: ApiDoor;
  let url: string;
  let asked: string[] = [];

  before(async () => {
    const { headers } = markOwnResponse({ statusCode: 202, headers: {} }) as { headers: Record<string, string> };
    backend = createServer((incoming, answer) => {
      asked.push(`${incoming.method} ${incoming.url}`);
      incoming.resume().on('end', () => answer.writeHead(202, headers).end('{}'));
    });
    await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
    const { port } = backend.address() as AddressInfo;
    const functions = { all: { events: http.map((event) => ({ http: event })) } };
    door = await openApiDoor(
      {
        backendPort: port,
        stage: 'local',
        gatewayResponses: () => [],
        routes: () => httpEventsOf(functions),
        newRequestId: () => 'r-1',
      },
      0,
    );
    url = door.url.replace('localhost', '127.0.0.1');
  });

  after(async () => {
    await door.close();
    await new Promise((resolve) => backend.close(resolve));
  });

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
