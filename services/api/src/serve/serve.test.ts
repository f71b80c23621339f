import { type Logger, silentLog } from '@weir/logging';
import { expect } from 'chai';
import sinon from 'sinon';
import { problem } from '../http/answers/problem.ts';
import { json } from '../http/answers/response.ts';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { BOOTSTRAP } from '../http/callers/principal.ts';
import type { Route } from '../http/route.ts';
import { apiEvent, readAnswer } from '../testing/api-event.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { createServe, type ServeDeps } from './serve.ts';

const routes: Route[] = [
  {
    method: 'GET',
    path: '/v1/closed',
    access: 'metrics:read',
    answer: async ({ principal }) => json(200, { keyId: principal.keyId }),
  },
  {
    method: 'GET',
    path: '/v1/made',
    access: 'open',
    answer: async () => json(201, {}, { location: '/v1/made/1' }),
  },
  { method: 'GET', path: '/v1/open', access: 'open', answer: async () => json(200, {}, { 'cache-control': 'public' }) },
  {
    method: 'GET',
    path: '/v1/failing',
    access: 'metrics:read',
    answer: async () => {
      throw new Error('a password');
    },
  },
  {
    method: 'GET',
    path: '/v1/broken',
    access: 'open',
    answer: async () => {
      throw new Error('a password');
    },
  },
];

function createApi(log: Logger = silentLog, more: Partial<ServeDeps> = {}) {
  return createServe({ routes, authenticate: createAuthenticate({ log, now: () => 0 }), log, ...more });
}

describe('createServe', () => {
  it('passes the caller to the route', async () => {
    const answer = readAnswer(await createApi()(apiEvent({ path: '/v1/closed' })));
    expect(answer).to.deep.equal({
      status: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-request-id': 'request-1' },
      body: { keyId: 'bootstrap' },
    });
  });

  it('answers with locations below the stage if the caller’s path has one', async () => {
    for (const rootPath of ['', '/production']) {
      const { headers } = readAnswer(await createApi()(apiEvent({ path: '/v1/made', rootPath })));
      expect(headers.location).to.equal(`${rootPath}/v1/made/1`);
    }
  });

  it('refuses a closed route that was reached without the authorizer', async () => {
    const event = apiEvent({ path: '/v1/closed', principal: undefined });
    expectProblem(readAnswer(await createApi()(event)), 'internal');
  });

  it('refuses a key without the route’s scope, and names the scope', async () => {
    const principal = { ...BOOTSTRAP, scopes: new Set(['events:write'] as const) };
    const answer = readAnswer(await createApi()(apiEvent({ path: '/v1/closed', principal })));
    expectProblem(answer, 'forbidden');
    expect(answer.body.detail).to.include('metrics:read');
  });

  it('answers an open route without a key, with the route’s own headers', async () => {
    const event = { ...apiEvent({ path: '/v1/open', principal: undefined }), headers: null };
    const answer = await createApi()(event as unknown as ReturnType<typeof apiEvent>);
    expect(answer.statusCode).to.equal(200);
    expect(answer.headers).to.include({ 'cache-control': 'public', 'x-request-id': 'request-1' });
  });

  it('answers an unexpected error with a 500, and logs the reason', async () => {
    const error = sinon.spy();
    const result = await createApi({ ...silentLog, error })(apiEvent({ path: '/v1/broken' }));
    expectProblem(readAnswer(result), 'internal');
    expect(result.body).to.not.include('password');
    expect(error.calledOnce).to.equal(true);
    expect(error.firstCall.args[1]).to.have.nested.property('error.message', 'a password');
  });

  for (const [what, refusal] of [
    ['a call', { name: 'ThrottlingException' }],
    ['a batch in all attempts', { name: 'RefusedForNow' }],
    ['a transaction', { CancellationReasons: [{ Code: 'None' }, { Code: 'ThrottlingError' }] }],
  ] as const) {
    it(`answers 503 if a table takes no more for now, and refuses ${what}`, async () => {
      const answer = async () => {
        throw Object.assign(new Error('throughput exceeds the maximum of the table'), refusal);
      };
      const throttled: Route[] = [{ method: 'GET', path: '/v1/throttled', access: 'open', answer }];
      const found = readAnswer(await createApi(silentLog, { routes: throttled })(apiEvent({ path: '/v1/throttled' })));
      expectProblem(found, 'unavailable');
      expect(found.headers).to.include({ 'retry-after': '2' });
    });
  }

  describe('with a limit', () => {
    const headers = { ratelimit: '"key";r=7;t=1', 'ratelimit-policy': '"key";q=9;w=1' };

    it('shows the rest of it on every answer to a key', async () => {
      const limitRate = sinon.stub().resolves({ headers });
      const api = createApi(silentLog, { limitRate });
      for (const path of ['/v1/closed', '/v1/failing']) {
        expect((await api(apiEvent({ path }))).headers, path).to.include(headers);
      }
      expect(limitRate.alwaysCalledWithExactly('bootstrap')).to.equal(true);
    });

    it('does not answer a key that sends too many requests', async () => {
      const refused = problem('too-many-requests', 'too often', { headers: { 'retry-after': '1' } });
      const answer = readAnswer(
        await createApi(silentLog, { limitRate: async () => ({ headers, refused }) })(apiEvent({ path: '/v1/closed' })),
      );
      expectProblem(answer, 'too-many-requests');
      expect(answer.headers).to.include({ ...headers, 'retry-after': '1' });
    });

    it('does not apply it to open routes, or to requests without a route, a key or the scope', async () => {
      const limitRate = sinon.stub().resolves({ headers });
      const api = createApi(silentLog, { limitRate });
      await api(apiEvent({ path: '/v1/open' }));
      await api(apiEvent({ path: '/v1/none' }));
      await api(apiEvent({ path: '/v1/closed', principal: undefined }));
      await api(apiEvent({ path: '/v1/closed', principal: { ...BOOTSTRAP, scopes: new Set() } }));
      expect(limitRate.called).to.equal(false);
    });
  });

  it('logs the route, and never the path, which may contain a user id', async () => {
    const log = { ...silentLog, info: sinon.spy(), error: sinon.spy() };
    const answer = async () => {
      throw new Error('broken');
    };
    const route: Route = { method: 'GET', path: '/v1/users/{userId}', access: 'open', answer };
    const serve = createServe({ routes: [route], authenticate: createAuthenticate({ log, now: () => 0 }), log });
    for (const path of ['/v1/users/zoe', '/v1/elsewhere/zoe']) await serve(apiEvent({ path }));
    const logged = JSON.stringify([log.info.args, log.error.args]);
    expect(logged).to.include('"route":"/v1/users/{userId}"').and.not.include('zoe');
    expect(log.info.callCount).to.equal(2);
  });

  it('refuses the query of a route that takes none, and names each parameter', async () => {
    const answer = readAnswer(await createApi()(apiEvent({ path: '/v1/closed', query: { x: ['1'], y: ['', ''] } })));
    expectProblem(answer, 'invalid-parameter');
    const detail = 'GET /v1/closed takes no parameters in its query';
    expect(answer.body.errors).to.deep.equal(['x', 'y'].map((parameter) => ({ parameter, detail })));
  });

  it('answers with a query where the route takes one, and on open routes, to which links and monitors add some', async () => {
    const taking = routes.map((route): Route => ({ ...route, takesQuery: true }));
    const asked = { query: { x: ['1'] } };
    const served = [
      await createApi()(apiEvent({ path: '/v1/open', ...asked })),
      await createApi(silentLog, { routes: taking })(apiEvent({ path: '/v1/closed', ...asked })),
    ];
    expect(served.map((answer) => readAnswer(answer).status)).to.deep.equal([200, 200]);
  });

  it('answers unknown routes and methods with problems', async () => {
    expectProblem(readAnswer(await createApi()(apiEvent({ path: '/v1/none' }))), 'not-found');
    expectProblem(readAnswer(await createApi()(apiEvent({ method: 'PUT', path: '/v1/open' }))), 'method-not-allowed');
  });
});
