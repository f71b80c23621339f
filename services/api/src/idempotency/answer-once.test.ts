import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import { type Problem, type ProblemName, problem } from '../http/answers/problem.ts';
import { type ApiResponse, json } from '../http/answers/response.ts';
import type { Principal } from '../http/callers/principal.ts';
import { SCOPES } from '../http/callers/scopes.ts';
import type { Route } from '../http/route.ts';
import { createServe } from '../serve/serve.ts';
import { type Answer, apiEvent, type EventParts, readAnswer } from '../testing/api-event.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { createMemoryRunOnce } from '../testing/memory-run-once.ts';

/** An API whose POST gives the test's answer, and counts its calls. */
function createApi() {
  const memory = createMemoryRunOnce();
  const api = {
    memory,
    calls: 0,
    answer: async (): Promise<ApiResponse | Problem> =>
      json(201, { id: 'x', key: 'secret', call: api.calls }, { location: '/v1/things/x' }),
    send: async (parts: Partial<EventParts>, keyId = 'alice'): Promise<Answer> => {
      const event = apiEvent({ method: 'POST', path: '/v1/things', body: '{"a":1}', ...parts });
      return readAnswer(await serve({ ...event, headers: { ...event.headers, 'x-test-key': keyId } }));
    },
  };
  const answer: Route['answer'] = async () => {
    api.calls += 1;
    return api.answer();
  };
  const routes: Route[] = [
    { method: 'POST', path: '/v1/things', access: 'keys:write', secrets: ['key'], takesQuery: true, answer },
    { method: 'POST', path: '/v1/others', access: 'keys:write', answer },
    { method: 'PUT', path: '/v1/things', access: 'keys:write', answer },
  ];
  const serve = createServe({
    routes,
    authenticate: async ({ headers }): Promise<Principal> => ({
      kind: 'principal',
      keyId: headers.get('x-test-key') ?? '',
      scopes: new Set(SCOPES),
    }),
    runOnce: memory.runOnce,
    log: silentLog,
  });
  return api;
}

const KEYED = { headers: { 'Idempotency-Key': 'k-1' } };

describe('a POST with an Idempotency-Key', () => {
  it('gets the same answer without its secrets, and is not done again', async () => {
    const api = createApi();
    const first = await api.send(KEYED);
    expect(first.body).to.deep.equal({ id: 'x', key: 'secret', call: 1 });
    expect(first.headers).to.not.include.keys('idempotency-replayed');
    const again = await api.send(KEYED);
    expect(again.status).to.equal(201);
    expect(again.body).to.deep.equal({ id: 'x', call: 1 });
    expect(again.headers).to.include({ location: '/v1/things/x', 'idempotency-replayed': 'true' });
    expect(api.calls).to.equal(1);
  });

  it('leaves no secret among the stored answers', async () => {
    const api = createApi();
    await api.send(KEYED);
    expect(api.memory.texts.size).to.equal(1);
    expect([...api.memory.texts.values()].join())
      .to.include('location')
      .and.not.include('secret');
  });

  it('is done once for each caller, path and key', async () => {
    const api = createApi();
    await api.send(KEYED);
    expect((await api.send(KEYED, 'bob')).body).to.include({ key: 'secret', call: 2 });
    expect((await api.send({ ...KEYED, path: '/v1/others' })).body.call).to.equal(3);
    expect((await api.send({ headers: { 'Idempotency-Key': 'k-2' } })).body.call).to.equal(4);
  });

  const others: [what: string, parts: Partial<EventParts>][] = [
    ['body', { ...KEYED, body: '{"a":2}' }],
    ['query', { ...KEYED, query: { a: '1' } }],
    ['content type', { headers: { ...KEYED.headers, 'content-type': 'text/plain' } }],
    ['content encoding', { headers: { ...KEYED.headers, 'content-encoding': 'gzip' } }],
  ];
  for (const [what, parts] of others) {
    it(`is refused with another ${what}`, async () => {
      const api = createApi();
      await api.send(KEYED);
      expectProblem(await api.send(parts), 'idempotency-key-reused');
      expect(api.calls).to.equal(1);
    });
  }

  it('identifies a body by its bytes, as text and as base64', async () => {
    const api = createApi();
    await api.send(KEYED);
    const body = Buffer.from('{"a":1}').toString('base64');
    expect((await api.send({ ...KEYED, body, isBase64Encoded: true })).body.call).to.equal(1);
  });

  it('is asked to wait while the first one is being answered', async () => {
    const api = createApi();
    const { promise, resolve } = Promise.withResolvers<ApiResponse>();
    api.answer = () => promise;
    const first = api.send(KEYED);
    await new Promise((done) => setImmediate(done));
    const second = await api.send(KEYED);
    expectProblem(second, 'idempotency-in-progress');
    expect(second.headers['retry-after']).to.equal('1');
    resolve(json(201, { done: true }));
    expect((await first).body).to.deep.equal({ done: true });
    expect(api.calls).to.equal(1);
  });

  const retried: ProblemName[] = ['internal', 'unavailable', 'too-many-requests'];
  for (const name of retried) {
    it(`is done again after ${name}`, async () => {
      const api = createApi();
      api.answer = async () => problem(name, 'not now');
      expectProblem(await api.send(KEYED), name);
      api.answer = async () => json(201, { id: 'y' });
      const again = await api.send(KEYED);
      expect([again.status, again.body]).to.deep.equal([201, { id: 'y' }]);
      expect(again.headers).to.not.include.keys('idempotency-replayed');
    });
  }

  it('is done again after an unexpected error', async () => {
    const api = createApi();
    api.answer = async () => {
      throw new Error('broken');
    };
    expectProblem(await api.send(KEYED), 'internal');
    api.answer = async () => json(201, {});
    expect((await api.send(KEYED)).status).to.equal(201);
  });

  it('gets the same refusal, with the id of the present request', async () => {
    const api = createApi();
    const errors = [{ pointer: '/a', detail: 'is not a string' }];
    api.answer = async () => problem('invalid-body', 'it is not valid', { errors });
    await api.send(KEYED);
    const again = await api.send(KEYED);
    expectProblem(again, 'invalid-body');
    expect(again.body.errors).to.deep.equal(errors);
    expect(again.headers['idempotency-replayed']).to.equal('true');
    expect(api.calls).to.equal(1);
  });

  it('is not done if it is unknown whether it was done before; without the header it is done', async () => {
    const api = createApi();
    api.memory.isDown = true;
    expectProblem(await api.send(KEYED), 'unavailable');
    expect(api.calls).to.equal(0);
    expect((await api.send({})).status).to.equal(201);
  });

  for (const key of ['', 'x'.repeat(256), 'ü', 'a\tb', '\u0000']) {
    it(`is refused with the key ${JSON.stringify(key).slice(0, 12)}`, async () => {
      const api = createApi();
      const answer = await api.send({ headers: { 'Idempotency-Key': key } });
      expectProblem(answer, 'invalid-header');
      expect(answer.body.errors).to.have.nested.property('[0].header', 'Idempotency-Key');
      expect(api.calls).to.equal(0);
    });
  }

  it('is stored for no other method, and never without a key', async () => {
    const api = createApi();
    for (const parts of [{ ...KEYED, method: 'PUT' }, {}]) {
      await api.send(parts);
      await api.send(parts);
    }
    expect(api.calls).to.equal(4);
    expect(api.memory.requests).to.have.length(0);
  });
});
