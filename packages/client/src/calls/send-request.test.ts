import { expect } from 'chai';
import { answer, FakeApi, type Fate, problem } from '../testing/fake-api.ts';
import type { Request } from './build-request.ts';
import { ProblemError, UnreachableError } from './call-errors.ts';
import { type CallOptions, sendRequest } from './send-request.ts';

const GET: Request = { method: 'GET', target: '/actions', headers: {} };
const PATCH: Request = { method: 'PATCH', target: '/users/u', headers: {}, body: '{}' };
const IF_MATCH: Request = { ...PATCH, headers: { 'if-match': '"1"' } };
const ok = () => answer(200, { items: [] });
const offline = new TypeError('fetch failed');

/** Sends a request to an API with these fates, one after another; the last one stays. */
async function send(request: Request, fates: (() => Fate)[], options?: CallOptions) {
  const api = new FakeApi((_, index) => (fates[index] ?? (fates.at(-1) as () => Fate))());
  const result = await sendRequest(api.deps, request, options).catch((error: unknown) => error);
  return { api, result };
}

describe('sendRequest', () => {
  it('sends the key and gives the answer', async () => {
    const { api, result } = await send(GET, [ok]);
    expect(result).to.include({ status: 200, text: '{"items":[]}' });
    expect(api.sent[0]?.url).to.equal('https://weir.example/v1/actions');
    expect(api.sent[0]?.headers.get('authorization')).to.equal('Bearer weir_k');
  });

  const again: readonly [string, Request, () => Fate][] = [
    ['a 429', GET, () => problem(429, 'too-many-requests')],
    ['a 408', GET, () => problem(408, 'gateway-refused')],
    ['a 503', GET, () => problem(503, 'unavailable')],
    ['a 500', PATCH, () => problem(500, 'internal')],
    ['a 502 of a proxy', PATCH, () => new Response('<html>', { status: 502 })],
    ['no answer', PATCH, () => offline],
    ['a request that is being answered', PATCH, () => problem(409, 'idempotency-in-progress')],
    ['a 429, also if it names a state', IF_MATCH, () => problem(429, 'too-many-requests')],
  ];
  for (const [name, request, fate] of again) {
    it(`sends again after ${name}`, async () => {
      const { api, result } = await send(request, [fate, fate, ok]);
      expect(result).to.include({ status: 200 });
      expect(api.pauses).to.deep.equal([250, 500]);
    });
  }

  const final: readonly [string, Request, () => Fate][] = [
    ['a 400', GET, () => problem(400, 'invalid-parameter')],
    ['a 401', GET, () => problem(401, 'unauthorized')],
    ['a conflict', GET, () => problem(409, 'conflict')],
    ['a 304', GET, () => answer(304, undefined)],
    ['no answer to a request that names a state, as it may have changed that', IF_MATCH, () => offline],
    ['a 503 to a request that names a state', IF_MATCH, () => problem(503, 'unavailable')],
  ];
  for (const [name, request, fate] of final) {
    it(`does not send again after ${name}`, async () => {
      const { api, result } = await send(request, [fate, ok]);
      expect(result).to.be.instanceOf(Error);
      expect(api.sent).to.have.length(1);
    });
  }

  it('waits as long as retry-after says, and then its own time', async () => {
    const slow = () => problem(429, 'too-many-requests', { headers: { 'retry-after': '7' } });
    expect((await send(GET, [slow, ok])).api.pauses).to.deep.equal([7_250]);
  });

  it('gives up at once if retry-after is past its time', async () => {
    const { api, result } = await send(GET, [
      () => problem(429, 'too-many-jobs', { headers: { 'retry-after': '90' } }),
    ]);
    expect(result).to.be.instanceOf(ProblemError).and.include({ problem: 'too-many-jobs', retryAfterMs: 90_000 });
    expect(api.pauses).to.deep.equal([]);
  });

  it('gives up in its time, with growing waits', async () => {
    const { api, result } = await send(GET, [() => offline]);
    expect(result).to.be.instanceOf(UnreachableError).and.include({ cause: offline });
    expect(api.pauses).to.deep.equal([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000]);
    expect((await send(GET, [() => offline], { timeoutMs: 600 })).api.pauses).to.deep.equal([250]);
  });

  it('tells everything that a problem says', async () => {
    const errors = [{ parameter: 'interval', detail: 'must be hour' }];
    const { result } = await send(GET, [() => problem(400, 'invalid-parameter', { detail: 'interval: no', errors })]);
    expect(result).to.include({ name: 'ProblemError', status: 400, problem: 'invalid-parameter', requestId: 'r-1' });
    expect(result).to.deep.include({ errors });
    expect((result as Error).message).to.equal('400 No: interval: no');
  });

  for (const [name, type, text] of [
    ['a page', 'text/html', '<html>'],
    ['a problem of a proxy', 'application/problem+json', '{}'],
    ['a problem that was cut off', 'application/problem+json', '{"type":"urn:we'],
  ] as const) {
    it(`names an answer that is not of Weir: ${name}`, async () => {
      const page = () => new Response(text, { status: 404, headers: { 'content-type': type } });
      const { result } = await send(GET, [page]);
      expect(result).to.be.instanceOf(ProblemError).and.include({ status: 404, problem: 'unknown' });
    });
  }

  it('ends with the reason of the signal, before, during and between attempts', async () => {
    const reason = new Error('enough');
    expect((await send(GET, [ok], { signal: AbortSignal.abort(reason) })).result).to.equal(reason);
    const during = new AbortController();
    const abort = () => {
      during.abort(reason);
      return offline;
    };
    const { api, result } = await send(GET, [abort], { signal: during.signal });
    expect(result).to.equal(reason);
    expect(api.sent).to.have.length(1);
  });
});
