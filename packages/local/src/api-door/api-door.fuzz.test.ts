import { type IncomingMessage, METHODS, request } from 'node:http';
import { connect } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { expect } from 'chai';
import fc from 'fast-check';
import { type LocalApi, openLocalApi, type ProxyEvent } from './testing/local-api.ts';
import { headerNames, headerValues, heads, lines, paths, queries, strangeValues } from './testing/strange-http.ts';

/** Few in each run of the gate; `npm run fuzz` sends 2,000. */
const RUNS = Number(process.env.WEIR_FUZZ_RUNS ?? 150);

interface Sent {
  readonly method?: string;
  readonly target: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: Uint8Array;
}

interface Received {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** What API Gateway keeps to itself, and what is about this connection alone. */
const KEPT = ['connection', 'content-md5', 'expect', 'max-forwards', 'proxy-authenticate', 'server', 'te', 'trailer'];
const NOT_COMPARED = new Set([...KEPT, 'transfer-encoding', 'upgrade', 'www-authenticate', 'content-length', 'host']);

/** Of what a function answers, API Gateway keeps these to itself. */
const NOT_SENT = new Set(['proxy-authenticate', 'expect', 'upgrade', 'transfer-encoding']);

describe(`the API’s door, before a function that echoes, in ${RUNS} requests of each kind`, function () {
  this.timeout(30_000 + RUNS * 100);
  let api: LocalApi;
  let result: object = {};
  const echo = (event: ProxyEvent) => ({ statusCode: 200, body: JSON.stringify(event), ...result });

  before(async () => {
    api = await openLocalApi({ functions: { f: echo } });
  });
  after(() => api.close());
  beforeEach(() => {
    result = {};
  });

  /** Sends a request as it is, with each header as often as it is given. */
  function send({ method = 'GET', target, headers = [], body }: Sent): Promise<Received> {
    return new Promise((resolve, reject) => {
      const given = [
        ...headers,
        ['host', 'localhost'] as const,
        ...(body ? [['content-length', String(body.length)]] : []),
      ];
      const outgoing = request({
        host: '127.0.0.1',
        port: api.port,
        method,
        path: target,
        headers: given.flat() as never,
      });
      outgoing.on('error', reject).on('response', (response) => {
        const { statusCode: status = 0, headers, rawHeaders } = response;
        buffer(response).then((read) => resolve({ status, headers, rawHeaders, body: read }), reject);
      });
      outgoing.end(body);
    });
  }

  const check = <Values extends [unknown, ...unknown[]]>(
    arbitraries: { [At in keyof Values]: fc.Arbitrary<Values[At]> },
    property: (...values: Values) => Promise<void>,
  ) => fc.assert(fc.asyncProperty(...arbitraries, property), { numRuns: RUNS });

  it('hands on every header with all its values', () =>
    check([fc.array(fc.tuple(headerNames, headerValues), { maxLength: 8 })], async (headers) => {
      const sent = headers.filter(([name]) => !['connection', 'expect', 'trailer'].includes(name.toLowerCase()));
      const answer = await send({ target: '/', headers: sent });
      expect(answer.status, answer.body.toString()).to.equal(200);
      const { headers: single, multiValueHeaders } = JSON.parse(answer.body.toString());
      const wanted = new Map<string, string[]>();
      for (const [name, value] of sent) {
        const key = name.toLowerCase();
        if (!NOT_COMPARED.has(key)) wanted.set(key, [...(wanted.get(key) ?? []), value.trim()]);
      }
      const lowered = (all: object) => new Map(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value]));
      for (const [name, values] of wanted) {
        expect(lowered(multiValueHeaders).get(name), name).to.deep.equal(values);
        expect(lowered(single).get(name), name).to.equal(values.at(-1));
      }
      for (const kept of KEPT) expect(lowered(multiValueHeaders).has(kept), kept).to.equal(false);
    }));

  it('hands on path and query', () =>
    check([paths, queries], async (path, query) => {
      const answer = await send({ target: `${path}?${query}` });
      expect(answer.status, answer.body.toString()).to.equal(200);
      const event = JSON.parse(answer.body.toString());
      expect(event.path).to.equal(path);
      const wanted = new Map<string, string[]>();
      for (const [name, value] of new URLSearchParams(query.replaceAll(';', '&'))) {
        wanted.set(name, [...(wanted.get(name) ?? []), value]);
      }
      expect(new Map(Object.entries(event.multiValueQueryStringParameters ?? {}))).to.deep.equal(wanted);
      for (const [name, values] of wanted) expect(event.queryStringParameters[name]).to.equal(values.at(-1));
    }));

  it('hands on every body as text, whatever type it says', () =>
    check([fc.uint8Array({ maxLength: 2_000 }), strangeValues], async (body, type) => {
      const answer = await send({ method: 'POST', target: '/', body, headers: [['content-type', type]] });
      expect(answer.status, answer.body.toString()).to.equal(200);
      const event = JSON.parse(answer.body.toString());
      expect(event.isBase64Encoded).to.equal(false);
      expect(event.body).to.equal(body.length === 0 ? null : Buffer.from(body).toString('utf8'));
      expect(event.headers['content-length'] ?? event.headers['Content-Length']).to.equal(String(body.length));
    }));

  it('hands on every method that HTTP has', async () => {
    for (const method of METHODS.filter((name) => name !== 'CONNECT')) {
      const answer = await send({ method, target: '/v1/x' });
      expect(answer.status, method).to.equal(200);
      if (method !== 'HEAD') expect(JSON.parse(answer.body.toString()).httpMethod).to.equal(method);
    }
  });

  it('sends what the function answers: status, headers, cookies, body', () => {
    const statuses = fc.integer({ min: 200, max: 599 }).filter((status) => status !== 204 && status !== 304);
    const names = headerNames.filter(
      (name) => !['connection', 'keep-alive', 'trailer', 'te'].includes(name.toLowerCase()),
    );
    const bodies = fc.string({ unit: 'binary', maxLength: 500 }).map((value) => value.toWellFormed());
    const asked = {
      target: '/',
      headers: [
        ['range', 'bytes=0-1'],
        ['accept-encoding', 'gzip'],
        ['if-none-match', '*'],
      ] as const,
    };
    return check([statuses, fc.dictionary(names, headerValues), fc.array(headerValues), bodies], async (...values) => {
      const [statusCode, headers, cookies, body] = values;
      result = { statusCode, headers, multiValueHeaders: { 'Set-Cookie': cookies }, body };
      const answer = await send(asked);
      expect(answer.status).to.equal(statusCode);
      expect(answer.body.toString()).to.equal(body);
      expect(answer.headers['set-cookie'] ?? []).to.deep.equal(cookies.map((cookie) => cookie.trim()));
      const sent = pairsOf(answer.rawHeaders);
      for (const [name, value] of Object.entries(headers)) {
        const is = sent.get(`x-amzn-remapped-${name.toLowerCase()}`) ?? sent.get(name.toLowerCase());
        if (!NOT_SENT.has(name.toLowerCase())) expect(is, name).to.equal(value.trim());
      }
    });
  });

  it('answers 502 to every result that is none', () =>
    check(
      [fc.oneof(fc.jsonValue(), fc.record({ statusCode: fc.jsonValue(), headers: fc.jsonValue() }))],
      async (value) => {
        const { statusCode, headers } = (value ?? {}) as { statusCode?: unknown; headers?: unknown };
        const isSound = Number.isInteger(statusCode) && Number(statusCode) >= 200 && Number(statusCode) < 600;
        fc.pre(!isSound || typeof headers !== 'object');
        result = { statusCode: undefined, body: undefined, ...(value as object) };
        const answer = await send({ target: '/' });
        expect(answer.status).to.equal(502);
        expect(answer.headers['x-request-id']).to.equal('r-1');
      },
    ));

  it('answers bytes that are no request with a problem and an id, and lives on', async () => {
    await check([heads, lines, fc.constantFrom('', 'zz\r\n', '5\r\nhello\r\n0\r\n\r\n')], async (head, all, body) => {
      const answer = await raw([head, 'host: localhost', 'connection: close', ...all, '', body].join('\r\n'));
      // Nothing came that could be answered, or the head was not over yet.
      if (answer === '') return;
      const last = answer.slice(answer.lastIndexOf('HTTP/1.1 '));
      expect(last).to.match(/^HTTP\/1\.1 \d{3} [A-Z]/);
      if (/^HTTP\/1\.1 [45]/.test(last)) {
        expect(last.toLowerCase()).to.include('x-request-id: r-1').and.include('application/problem+json');
      }
    });
    expect((await send({ target: '/' })).status).to.equal(200);
  });

  /** Writes bytes, ends, and reads all that comes. */
  async function raw(bytes: string): Promise<string> {
    const socket = connect({ port: api.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => {});
    socket.end(bytes, 'latin1');
    return text(socket).catch(() => '');
  }

  for (const [what, head, status] of [
    ['a head over 10,240 bytes', `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(10_240)}\r\n\r\n`, 431],
    ['a head that Node does not read', `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    ['a target that is too long', `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`, 431],
    ['a request without a host', 'GET / HTTP/1.1\r\n\r\n', 403],
    ['a method that HTTP has not', 'FOO / HTTP/1.1\r\nhost: localhost\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n', 400],
    ['a path that cannot be decoded', 'GET /%zz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n', 400],
    ['a plain | in the query', 'GET /?a|b HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n', 400],
    ['a tunnel', 'CONNECT evil.test:443 HTTP/1.1\r\nhost: localhost\r\n\r\n', 400],
  ] as const) {
    it(`answers ${what} with ${status}, a problem and an id`, async () => {
      const answer = await raw(head);
      expect(answer).to.match(new RegExp(`^HTTP/1.1 ${status} `));
      expect(answer.toLowerCase())
        .to.include('x-request-id: r-1')
        .and.include('content-type: application/problem+json');
      expect(answer).to.match(/"requestId":"r-1"\}$/);
    });
  }

  it('takes a head of just under 10,240 bytes', async () => {
    const answer = await send({ target: '/', headers: [['x', 'a'.repeat(10_100)]] });
    expect(answer.status).to.equal(200);
  });
});

function pairsOf(raw: readonly string[]): Map<string, string> {
  const pairs = new Map<string, string>();
  for (let at = 0; at < raw.length; at += 2) pairs.set((raw[at] ?? '').toLowerCase(), raw[at + 1] ?? '');
  return pairs;
}
