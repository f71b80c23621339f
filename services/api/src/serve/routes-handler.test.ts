import { type Invocation, silentLog, silentMeter } from '@weir/logging';
import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import { expect } from 'chai';
import { json } from '../http/answers/response.ts';
import type { Route } from '../http/route.ts';
import { type Answer, apiEvent, type EventParts, readAnswer } from '../testing/api-event.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { createMemoryRunOnce } from '../testing/memory-run-once.ts';
import { createRoutesHandler } from './routes-handler.ts';
import type { ServeDeps } from './serve.ts';

const ORIGIN = 'https://app.example';
const REMAINING_MS = 5_000;
const context = { getRemainingTimeInMillis: () => REMAINING_MS } as Context;

const CONFIG = {
  stage: 'test',
  service: 'weir-api',
  logLevel: 'SILENT',
  ratePerSecond: 1,
  burst: 2,
  redisUrl: '',
  redisSecret: '',
  redisUser: '',
  region: '',
  corsOrigins: [ORIGIN],
} as const;

/** A handler of one path. Its stage allows each key two requests, and the clock stands still. */
function createHandler(own: Partial<ServeDeps> = {}) {
  let made = 0;
  const observed: Invocation[] = [];
  const answer: Route['answer'] = async ({ principal }) => {
    made += 1;
    return json(200, { keyId: principal.keyId, made });
  };
  const routes: Route[] = [
    { method: 'GET', path: '/v1/things', access: 'metrics:read', answer },
    { method: 'POST', path: '/v1/things', access: 'keys:write', answer },
  ];
  const stage = {
    config: CONFIG,
    redis: undefined,
    now: () => 0,
    log: silentLog,
    meter: silentMeter,
    observe: async <T>(invocation: Invocation, work: () => Promise<T>) => {
      observed.push(invocation);
      return work();
    },
  };
  const handler = createRoutesHandler(stage, { routes, ...own });
  const send = async (event: Partial<EventParts> = {}): Promise<Answer> => {
    const result = await handler(apiEvent({ path: '/v1/things', ...event }), context, () => undefined);
    return readAnswer(result as APIGatewayProxyResult);
  };
  return { send, observed };
}

describe('a handler of routes', () => {
  it('answers a key, under the id that API Gateway gave the request', async () => {
    const { send, observed } = createHandler();
    const { status, body } = await send();
    expect({ status, body }).to.deep.equal({ status: 200, body: { keyId: 'bootstrap', made: 1 } });
    expect(observed).to.have.length(1);
    expect(observed[0]).to.deep.include({
      ...{ context, correlationId: 'request-1' },
      annotations: { method: 'GET', route: '/v1/things' },
    });
    expect(observed[0]?.outcomeOf?.({ statusCode: 404 })).to.equal('404');
  });

  it('refuses every request without the authorizer', async () => {
    expectProblem(await createHandler().send({ principal: undefined }), 'internal');
  });

  it('limits each key as its stage says', async () => {
    const { send } = createHandler();
    expect((await send()).status).to.equal(200);
    expect((await send()).status).to.equal(200);
    expectProblem(await send(), 'too-many-requests');
  });

  it('lets the pages of its stage read the answers', async () => {
    const { send } = createHandler();
    expect((await send({ headers: { origin: ORIGIN } })).headers).to.include({ 'access-control-allow-origin': ORIGIN });
    const { headers } = await send({ headers: { origin: 'https://other.example' } });
    expect(headers).to.not.include.keys('access-control-allow-origin');
  });

  it('runs a POST once for each Idempotency-Key, if the function stores answers', async () => {
    const { send } = createHandler({ runOnce: createMemoryRunOnce().runOnce });
    const post = { method: 'POST', headers: { 'Idempotency-Key': 'k-1' } };
    expect((await send(post)).body).to.include({ made: 1 });
    expect((await send(post)).body).to.include({ made: 1 });
  });
});
