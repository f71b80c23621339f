import { randomBytes } from 'node:crypto';
import { Agent, createServer, request as httpRequest, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { type Handler, type LocalApi, type LocalApiParts, openLocalApi } from './testing/local-api.ts';

describe('the API’s door', () => {
  let api: LocalApi | undefined;

  /** The address of a door before a function. */
  async function open(f: Handler, door: LocalApiParts['door'] = {}, http?: readonly object[]): Promise<string> {
    api = await openLocalApi({ functions: { f }, door, ...(http && { http }) });
    return api.url;
  }

  /** The same, before what answers invocations as it likes. */
  async function openTo(listener: RequestListener, door: LocalApiParts['door'] = {}): Promise<string> {
    api = await openLocalApi({ listener, door });
    return api.url;
  }

  afterEach(async () => {
    await api?.close();
    api = undefined;
  });

  const ok = { statusCode: 200, body: '{}' };

  it('hands on method, path, query and body as they came, and the answer as the function gives it', async () => {
    const url = await open(({ httpMethod, path, multiValueQueryStringParameters, body }) => ({
      statusCode: 202,
      headers: { 'content-type': 'application/vnd.x', 'x-mine': '1' },
      multiValueHeaders: { 'set-cookie': ['a=1', 'b={2}, 3'] },
      body: `${httpMethod} ${path} ${JSON.stringify(multiValueQueryStringParameters)} ${body}`,
    }));
    const response = await fetch(`${url}/v1/a%2Fb?x=1&x=%20`, { method: 'POST', body: 'héllo' });
    expect(response.status).to.equal(202);
    expect(await response.text()).to.equal('POST /v1/a%2Fb {"x":["1"," "]} héllo');
    expect(response.headers.get('content-type')).to.equal('application/vnd.x');
    expect(response.headers.get('x-mine')).to.equal('1');
    expect(response.headers.get('x-request-id')).to.equal('r-1');
    expect(response.headers.getSetCookie()).to.deep.equal(['a=1', 'b={2}, 3']);
    for (const added of ['access-control-allow-origin', 'cache-control', 'vary', 'etag']) {
      expect(response.headers.has(added), added).to.equal(false);
    }
  });

  it('keeps the request id of the function and an error that it answered', async () => {
    const url = await open(() => ({ statusCode: 404, headers: { 'x-request-id': 'mine' }, body: '{"own":true}' }));
    const response = await fetch(`${url}/v1/metrics/none`);
    expect(response.status).to.equal(404);
    expect(response.headers.get('x-request-id')).to.equal('mine');
    expect(await response.json()).to.deep.equal({ own: true });
  });

  it('gives the function the id that the client is given', async () => {
    const url = await open(({ requestContext }) => ({ ...ok, body: JSON.stringify(requestContext) }));
    expect(await (await fetch(`${url}/v1/x`)).json()).to.include({ requestId: 'r-1', stage: 'local', path: '/v1/x' });
  });

  const failures: readonly (readonly [name: string, listener: RequestListener])[] = [
    ['a crash', (_, answer) => answer.setHeader('x-amz-function-error', 'Unhandled').end('{"errorMessage":"x"}')],
    ['a malformed result', (_, answer) => answer.end('{"malformed":true}')],
    ['no result', (_, answer) => answer.end()],
    ['a text as result', (_, answer) => answer.end('"text"')],
    ['a header that HTTP does not have', (_, answer) => answer.end('{"statusCode":200,"headers":{"a b":"c"}}')],
    ['a value that no header has', (_, answer) => answer.end('{"statusCode":200,"headers":{"a":"b\\nc"}}')],
    ['a function that is not there', (_, answer) => answer.writeHead(404).end('{}')],
    ['a failure of the emulator', (_, answer) => answer.writeHead(500).end('{}')],
  ];
  for (const [name, listener] of failures) {
    it(`answers ${name} with the gateway response of the template`, async () => {
      const response = await fetch(`${await openTo(listener)}/v1/x`);
      expect(response.status).to.equal(502);
      expect(response.headers.get('content-type')).to.equal('application/problem+json');
      expect(response.headers.get('x-request-id')).to.equal('r-1');
      expect(await response.json()).to.deep.equal({ status: 502, requestId: 'r-1' });
    });
  }

  it('answers 413 to a body whose announced length is over the limit, without asking the function', async () => {
    let asked = 0;
    const url = await open(
      () => {
        asked++;
        return ok;
      },
      { maxBodyBytes: 10 },
    );
    const response = await fetch(url, { method: 'POST', body: 'x'.repeat(11) });
    expect(response.status).to.equal(413);
    expect(await response.json()).to.deep.equal({ status: 413, requestId: 'r-1' });
    expect(asked).to.equal(0);
  });

  it('answers 413 to a body without a length once it passes the limit', async () => {
    const url = await open(() => ok, { maxBodyBytes: 1000 });
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

  it('answers 413 to a body that makes an event of over 6 MB, and 502 where the function answers so much', async () => {
    let asked = 0;
    const url = await open(({ body }) => {
      asked += 1;
      return { ...ok, body: 'x'.repeat(Number(body)) };
    });
    const post = async (body: string) => (await fetch(url, { method: 'POST', body })).status;
    const megabytes = 1024 * 1024;
    expect(await post('x'.repeat(6 * megabytes))).to.equal(413);
    expect(asked).to.equal(0);
    expect(await post(String(6 * megabytes))).to.equal(502);
    expect(await post(String(6 * megabytes - 1_000))).to.equal(200);
  });

  it('says by itself which way a request came, and through whom', async () => {
    const url = await open(({ headers, multiValueHeaders }) => ({
      ...ok,
      body: JSON.stringify([headers, multiValueHeaders]),
    }));
    const lies = { 'x-forwarded-for': '10.0.0.1', 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' };
    const [single, many] = (await (await fetch(url, { headers: lies })).json()) as Record<string, unknown>[];
    const port = new URL(url).port;
    const said = { 'X-Forwarded-For': '10.0.0.1, 127.0.0.1', 'X-Forwarded-Port': port, 'X-Forwarded-Proto': 'http' };
    expect(single).to.include(said).and.not.have.any.keys(Object.keys(lies));
    expect(many)
      .to.deep.include({ 'X-Forwarded-Proto': ['http'] })
      .and.not.have.any.keys(Object.keys(lies));
  });

  it('answers 413 where Lambda takes no event so large', async () => {
    const url = await openTo((incoming, answer) => void incoming.resume().on('end', () => answer.writeHead(413).end()));
    expect((await fetch(url, { method: 'POST', body: 'x' })).status).to.equal(413);
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
      it(`${name}, of which it says ${status}`, async () => {
        const url = await open(() => ({ ...ok, body: large.toString() }), { maxBodyBytes: 1_500_000 });
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
        // More of them than run at once.
        for (let sent = 0; sent < 40; sent++) expect(await send()).to.equal(status);
        agent.destroy();
      });
    }
  });

  it('passes a body of exactly the limit', async () => {
    const url = await open(() => ok, { maxBodyBytes: 10 });
    expect((await fetch(url, { method: 'POST', body: 'x'.repeat(10) })).status).to.equal(200);
  });

  describe('takes a compressed body, and', () => {
    /** Answers with the body that arrived, and the coding that it was said to have. */
    const echo: Handler = ({ headers, body }) => ({
      ...ok,
      headers: { 'x-coding': headers['content-encoding'] ?? '' },
      body,
    });
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
        const response = await post(await open(echo), Buffer.from(compress('{"é":1}')), coding);
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

  it('answers 504 when the service does not listen, and while there is none', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const target = { name: 'f', lambdaUrl: `http://127.0.0.1:${port}` };
    const route = { event: { method: 'any', path: '{proxy+}' }, target, region: 'us-east-1', authorizer: undefined };
    let routes = [route];
    const url = await open(() => ok, { gatewayResponses: () => [], routes: () => routes });
    expect((await fetch(`${url}/v1/health`)).status).to.equal(504);
    routes = [];
    expect((await fetch(`${url}/v1/health`)).status).to.equal(504);
  });

  it('answers 504 when the function takes longer than the integration may', async () => {
    const url = await openTo(() => {}, { integrationTimeoutMs: 20 });
    expect((await fetch(`${url}/v1/health`)).status).to.equal(504);
  });

  it('has at most 16 requests at the functions at once, and answers all that wait', async () => {
    const held: (() => void)[] = [];
    let arrived = 0;
    const url = await open(() => {
      arrived += 1;
      return new Promise((resolve) => held.push(() => resolve(ok)));
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

  it('knows no HEAD and no OPTIONS where no route of the template names them', async () => {
    const url = await open(() => ok, {}, [{ method: 'get', path: 'v1/x' }]);
    for (const method of ['HEAD', 'OPTIONS']) expect((await fetch(`${url}/v1/x`, { method })).status).to.equal(404);
  });
});
