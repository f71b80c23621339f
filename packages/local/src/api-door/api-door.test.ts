import { randomBytes } from 'node:crypto';
import { Agent, createServer, request as httpRequest, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { type ApiDoor, type ApiDoorOptions, openApiDoor } from './api-door.ts';
import type { GatewayResponseProperties } from './gateway-response.ts';
import { httpEventsOf } from './http-event.ts';
import { markOwnResponse, OWN_RESPONSE_HEADER } from './own-response.ts';

const problem = (status: number, type: string): GatewayResponseProperties => ({
  ResponseType: type,
  StatusCode: String(status),
  ResponseParameters: { 'gatewayresponse.header.content-type': "'application/problem+json'" },
  ResponseTemplates: { 'application/json': `{"status":${status},"requestId":"$context.requestId"}` },
});

const gatewayResponses: GatewayResponseProperties[] = [
  problem(404, 'MISSING_AUTHENTICATION_TOKEN'),
  problem(413, 'REQUEST_TOO_LARGE'),
  problem(415, 'UNSUPPORTED_MEDIA_TYPE'),
  {
    ResponseType: 'DEFAULT_5XX',
    ResponseParameters: { 'gatewayresponse.header.content-type': "'application/problem+json'" },
    ResponseTemplates: { 'application/json': '{"status":502,"requestId":"$context.requestId"}' },
  },
];

/** The header that the emulator's process puts on a function's answer with these headers. */
function markOf(headers: Record<string, string>): string {
  const marked = markOwnResponse({ statusCode: 200, headers }) as { headers: Record<string, string> };
  return marked.headers[OWN_RESPONSE_HEADER] ?? '';
}

describe('the API’s door', () => {
  let backend: Server | undefined;
  let door: ApiDoor | undefined;

  async function open(listener: RequestListener, options: Partial<ApiDoorOptions> = {}): Promise<string> {
    backend = createServer(listener);
    await new Promise<void>((resolve) => backend?.listen(0, '127.0.0.1', resolve));
    const { port } = backend.address() as AddressInfo;
    return openTo(port, options);
  }

  async function openTo(backendPort: number, options: Partial<ApiDoorOptions> = {}): Promise<string> {
    const fixed = { backendPort, stage: 'local', gatewayResponses: () => gatewayResponses, newRequestId: () => 'r-1' };
    door = await openApiDoor({ ...fixed, ...options }, 0);
    return door.url.replace('localhost', '127.0.0.1');
  }

  afterEach(async () => {
    await door?.close();
    await new Promise((resolve) => (backend === undefined ? resolve(undefined) : backend.close(resolve)));
    backend = undefined;
    door = undefined;
  });

  it('passes on method, path, query and body as they came, and the answer with only the headers of the function', async () => {
    const url = await open((incoming, answer) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        answer.writeHead(202, {
          [OWN_RESPONSE_HEADER]: markOf({ 'content-type': 'application/vnd.x', 'x-mine': '1' }),
          'access-control-allow-origin': 'http://evil.test',
          'access-control-allow-credentials': 'true',
          'cache-control': 'no-cache',
          vary: 'origin',
        });
        answer.end(`${incoming.method} ${incoming.url} ${Buffer.concat(chunks).toString()}`);
      });
    });
    const response = await fetch(`${url}/v1/a%2Fb?x=1&x=%20`, {
      method: 'POST',
      body: 'héllo',
      headers: { origin: 'x' },
    });
    expect(response.status).to.equal(202);
    expect(await response.text()).to.equal('POST /v1/a%2Fb?x=1&x=%20 héllo');
    expect(response.headers.get('content-type')).to.equal('application/vnd.x');
    expect(response.headers.get('x-mine')).to.equal('1');
    expect(response.headers.get('x-request-id')).to.equal('r-1');
    for (const added of ['access-control-allow-origin', 'access-control-allow-credentials', 'cache-control', 'vary']) {
      expect(response.headers.has(added), added).to.equal(false);
    }
    expect(response.headers.has(OWN_RESPONSE_HEADER)).to.equal(false);
  });

  it('keeps the request id of the function and an error that it answered', async () => {
    const url = await open((_incoming, answer) => {
      answer.writeHead(404, { [OWN_RESPONSE_HEADER]: markOf({ 'x-request-id': 'mine' }) }).end('{"own":true}');
    });
    const response = await fetch(`${url}/v1/metrics/none`);
    expect(response.status).to.equal(404);
    expect(response.headers.get('x-request-id')).to.equal('mine');
    expect(await response.json()).to.deep.equal({ own: true });
  });

  const emulatorErrors = [
    { name: 'no such route', status: 404, body: '{"error":"Serverless-offline: route not found."}', expected: 404 },
    { name: 'a crash', status: 502, body: '{"errorMessage":"x","stackTrace":[]}', expected: 502 },
    { name: 'a time-out of the function', status: 504, body: '', expected: 502 },
    { name: 'a malformed result, answered with 200', status: 200, body: '{"malformed":true}', expected: 502 },
    { name: 'a failure of the emulator', status: 500, body: '{"statusCode":500}', expected: 502 },
  ];
  for (const { name, status, body, expected } of emulatorErrors) {
    it(`answers ${name} with the gateway response of the template`, async () => {
      const url = await open((_incoming, answer) => {
        answer.writeHead(status, { 'content-type': 'application/json' }).end(body);
      });
      const response = await fetch(`${url}/v1/x`);
      expect(response.status).to.equal(expected);
      expect(response.headers.get('content-type')).to.equal('application/problem+json');
      expect(response.headers.get('x-request-id')).to.equal('r-1');
      expect(await response.json()).to.deep.equal({ status: expected, requestId: 'r-1' });
    });
  }

  it('tells a failed authorizer from a bad key and a missing one', async () => {
    const answers = [
      { status: 500, headers: { 'x-amzn-ErrorType': 'AuthorizerConfigurationException' }, expected: 503 },
      { status: 403, headers: {}, expected: 401 },
      { status: 401, headers: {}, expected: 401 },
    ];
    let at = 0;
    const url = await open(
      (_incoming, answer) => {
        const { status = 0, headers } = answers[at] ?? {};
        answer.writeHead(status, { 'content-type': 'application/json', ...headers }).end('{}');
      },
      {
        gatewayResponses: () => [
          problem(503, 'AUTHORIZER_FAILURE'),
          problem(401, 'ACCESS_DENIED'),
          problem(401, 'UNAUTHORIZED'),
        ],
      },
    );
    for (const { expected } of answers) {
      const response = await fetch(`${url}/v1/actions`);
      expect(response.status).to.equal(expected);
      expect(await response.json()).to.deep.equal({ status: expected, requestId: 'r-1' });
      at++;
    }
  });

  it('does not pass on the header from which the emulator would believe what a caller says about itself', async () => {
    const url = await open((incoming, answer) => {
      answer.writeHead(200, { [OWN_RESPONSE_HEADER]: markOf({}) }).end(JSON.stringify(Object.keys(incoming.headers)));
    });
    const headers = { 'sls-offline-authorizer-override': '{}', authorization: 'Bearer x' };
    const names = await (await fetch(url, { headers })).json();
    expect(names).to.include('authorization');
    expect(names).to.not.include('sls-offline-authorizer-override');
  });

  it('answers 413 to a body whose announced length is over the limit, without asking the backend', async () => {
    let asked = 0;
    const url = await open(
      (_incoming, answer) => {
        asked++;
        answer.end();
      },
      { maxBodyBytes: 10 },
    );
    const response = await fetch(url, { method: 'POST', body: 'x'.repeat(11) });
    expect(response.status).to.equal(413);
    expect(await response.json()).to.deep.equal({ status: 413, requestId: 'r-1' });
    expect(asked).to.equal(0);
  });

  it('answers 413 to a body without a length once it passes the limit', async () => {
    const url = await open((incoming) => incoming.resume(), { maxBodyBytes: 1000 });
    const status = await new Promise((resolve, reject) => {
      const outgoing = httpRequest(url, { method: 'POST' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      outgoing.on('error', reject);
      outgoing.write('x'.repeat(900));
      outgoing.write('x'.repeat(900));
      outgoing.end();
    });
    expect(status).to.equal(413);
  });

  describe('leaves a connection usable', () => {
    const large = Buffer.alloc(1_000_000, 'x');
    const cutOff = gzipSync(randomBytes(100_000)).subarray(0, -1);
    const cases: [name: string, coding: string, body: Buffer, status: number][] = [
      ['by a body that is not in its coding', 'gzip', large, 415],
      ['by a body whose end does not come', 'gzip', cutOff, 415],
      ['by a body in an unknown coding', 'br', large, 415],
      ['by a body that becomes too large', 'identity', Buffer.concat([large, large]), 413],
      ['by a body that the function does not read', '', large, 200],
    ];
    for (const [name, coding, body, status] of cases) {
      it(`${name}, for which it answers ${status}`, async () => {
        const answersAtOnce: RequestListener = (_incoming, answer) => {
          answer.writeHead(200, { [OWN_RESPONSE_HEADER]: markOf({}) }).end(large);
        };
        const url = await open(answersAtOnce, { maxBodyBytes: 1_500_000 });
        const agent = new Agent({ keepAlive: true, maxSockets: 1 });
        const send = () =>
          new Promise((resolve, reject) => {
            const outgoing = httpRequest(`${url}/v1/x`, { method: 'POST', agent }, (response) => {
              response.on('error', reject).on('end', () => resolve(response.statusCode));
              response.resume();
            });
            outgoing.setHeader('content-encoding', coding);
            outgoing.on('error', reject).write(body.subarray(0, 50_000));
            setImmediate(() => outgoing.end(body.subarray(50_000)));
          });
        // More requests than the backend takes at once.
        for (let sent = 0; sent < 40; sent++) expect(await send()).to.equal(status);
        agent.destroy();
      });
    }
  });

  it('passes a body of exactly the limit', async () => {
    const url = await open(
      (incoming, answer) => {
        incoming.resume().on('end', () => answer.writeHead(200, { [OWN_RESPONSE_HEADER]: markOf({}) }).end());
      },
      { maxBodyBytes: 10 },
    );
    expect((await fetch(url, { method: 'POST', body: 'x'.repeat(10) })).status).to.equal(200);
  });

  describe('takes a compressed body, and', () => {
    /** Answers with the body that arrived, and the coding that was announced for it. */
    const echo: RequestListener = (incoming, answer) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        answer.writeHead(200, {
          [OWN_RESPONSE_HEADER]: markOf({ 'x-coding': incoming.headers['content-encoding'] ?? '' }),
        });
        answer.end(Buffer.concat(chunks));
      });
    };
    const post = (url: string, body: Uint8Array<ArrayBuffer>, coding: string) =>
      fetch(url, { method: 'POST', body, headers: { 'content-encoding': coding, 'content-type': 'application/json' } });

    const codings = {
      gzip: gzipSync,
      'x-gzip': gzipSync,
      deflate: deflateSync,
      identity: (text: string) => Buffer.from(text),
    };
    for (const [coding, compress] of Object.entries(codings)) {
      it(`passes it on without its ${coding}, and with the header that names it`, async () => {
        const url = await open(echo);
        const response = await post(url, Buffer.from(compress('{"é":1}')), coding);
        expect(response.headers.get('x-coding')).to.equal(coding);
        expect(await response.text()).to.equal('{"é":1}');
      });
    }

    const bad: [name: string, body: Buffer, coding: string, status: number][] = [
      ['a coding that API Gateway does not know', Buffer.from('{}'), 'br', 415],
      ['what is not in the coding it names', Buffer.from('{}'), 'gzip', 415],
      ['what is cut off', gzipSync('{"a":1}').subarray(0, 20), 'gzip', 415],
      ['more than the limit once the coding is off', gzipSync('x'.repeat(2_000)), 'gzip', 413],
    ];
    for (const [name, body, coding, status] of bad) {
      it(`refuses ${name} with ${status}`, async () => {
        const url = await open(echo, { maxBodyBytes: 1_000 });
        const response = await post(url, Buffer.from(body), coding);
        expect(response.status).to.equal(status);
        expect(await response.json()).to.deep.equal({ status, requestId: 'r-1' });
      });
    }
  });

  it('answers 504 when the backend does not listen', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const url = await openTo(port);
    expect((await fetch(`${url}/v1/health`)).status).to.equal(504);
  });

  it('answers 504 when the function takes longer than the integration may', async () => {
    const url = await open(() => {}, { integrationTimeoutMs: 20 });
    expect((await fetch(`${url}/v1/health`)).status).to.equal(504);
    backend?.closeAllConnections();
  });

  it('has at most 16 requests at the backend at once, and answers all that wait', async () => {
    const held: (() => void)[] = [];
    let arrived = 0;
    const url = await open((_incoming, answer) => {
      arrived += 1;
      held.push(() => answer.writeHead(200, { [OWN_RESPONSE_HEADER]: markOf({}) }).end('{}'));
    });
    const asked = Array.from({ length: 40 }, () => fetch(url));
    while (arrived < 16) await sleep(5);
    await sleep(50);
    expect(arrived).to.equal(16);
    const release = setInterval(() => held.shift()?.(), 1);
    const answers = await Promise.all(asked);
    clearInterval(release);
    expect(answers.every(({ status }) => status === 200)).to.equal(true);
    expect(arrived).to.equal(40);
  });

  it('takes away a compression that the function did not ask for', async () => {
    const url = await open((_incoming, answer) => {
      const body = gzipSync('{"plain":true}');
      answer.writeHead(200, { [OWN_RESPONSE_HEADER]: markOf({}), 'content-encoding': 'gzip' }).end(body);
    });
    const response = await fetch(url);
    expect(response.headers.has('content-encoding')).to.equal(false);
    expect(await response.json()).to.deep.equal({ plain: true });
  });

  it('renames the headers that API Gateway renames', async () => {
    const url = await open((_incoming, answer) => {
      answer.writeHead(401, { [OWN_RESPONSE_HEADER]: markOf({ 'www-authenticate': 'Bearer' }) }).end('{}');
    });
    const response = await fetch(url);
    expect(response.headers.get('x-amzn-remapped-www-authenticate')).to.equal('Bearer');
    expect(response.headers.has('www-authenticate')).to.equal(false);
  });

  describe('asked by a browser whether a page may call', () => {
    const route = (method: string, path: string, cors?: object) => ({ events: [{ http: { method, path, cors } }] });
    const preflight = async (functions: Record<string, ReturnType<typeof route>>, path: string, origin: string) => {
      const url = await open(
        (_incoming, answer) => {
          answer.writeHead(200, { 'access-control-allow-origin': '*' }).end();
        },
        { routes: () => httpEventsOf(functions) },
      );
      return fetch(`${url}${path}`, { method: 'OPTIONS', headers: { origin } });
    };
    const allow = (more: object) => ({ headers: ['authorization', 'content-type'], maxAge: 60, ...more });

    it('knows no OPTIONS without CORS, though the emulator answers it for any origin', async () => {
      const response = await preflight({ users: route('get', 'v1/users/{id}') }, '/v1/users/a', 'https://a.test');
      expect(response.status).to.equal(404);
      expect(response.headers.has('access-control-allow-origin')).to.equal(false);
    });

    it('answers for all methods of the path, whatever their functions', async () => {
      const functions = {
        users: route('get', 'v1/users/{id}', allow({ origin: '*' })),
        erase: route('delete', 'v1/users/{id}', allow({ origin: '*' })),
        other: route('post', 'v1/users', allow({ origin: '*' })),
      };
      const { status, headers } = await preflight(functions, '/v1/users/a%2Fb?x=1', 'https://a.test');
      expect(status).to.equal(200);
      expect(headers.get('access-control-allow-origin')).to.equal('*');
      expect(headers.get('access-control-allow-methods')).to.equal('OPTIONS,GET,DELETE');
      expect(headers.get('access-control-allow-headers')).to.equal('authorization,content-type');
      expect(headers.get('access-control-max-age')).to.equal('60');
    });

    it('allows one of several origins, and not another', async () => {
      const functions = { users: route('get', 'v1/users', allow({ origins: ['https://a.test', 'https://b.test'] })) };
      const allowed = await preflight(functions, '/v1/users', 'https://b.test');
      expect(allowed.headers.get('access-control-allow-origin')).to.equal('https://b.test');
      await door?.close();
      await new Promise((resolve) => backend?.close(resolve));
      const refused = await preflight(functions, '/v1/users', 'https://c.test');
      expect(refused.headers.get('access-control-allow-origin')).to.equal('https://a.test');
    });
  });

  it('knows no HEAD, which no route of the template names', async () => {
    const url = await open((_incoming, answer) => answer.end());
    expect((await fetch(url, { method: 'HEAD' })).status).to.equal(404);
  });
});
