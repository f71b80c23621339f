import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import { createAuthenticate } from '../../http/callers/authenticate.ts';
import { BOOTSTRAP, type Principal } from '../../http/callers/principal.ts';
import { createServe } from '../../serve/serve.ts';
import { apiEvent, type EventParts, readAnswer } from '../../testing/api-event.ts';
import { expectProblem } from '../../testing/expect-problem.ts';
import { createMemoryRunOnce } from '../../testing/memory-run-once.ts';
import { createReportsDeps, dailyReport } from '../../testing/reports-api.ts';
import { NOW } from '../../testing/users-api.ts';
import { createReportsRoutes } from '../reports-routes.ts';

const SHOP: Principal = { ...BOOTSTRAP, keyId: 'key_shop', actionPrefixes: ['shop.'] };
const OTHER_SHOP: Principal = { ...SHOP, keyId: 'key_other' };
const RANGE = { from: '2025-11-01T00:00:00Z', to: '2025-11-08T00:00:00Z' };
const SUMMARY = { kind: 'summary', ...RANGE };
const SHOP_SUMMARY = { ...SUMMARY, actions: ['shop.buy'] };

function createApi() {
  const clock = { now: NOW };
  const deps = { ...createReportsDeps(), now: () => clock.now };
  const authenticate = createAuthenticate({ log: silentLog, now: deps.now });
  const { runOnce } = createMemoryRunOnce();
  const serve = createServe({ routes: createReportsRoutes(deps), authenticate, runOnce, log: silentLog });
  const call = async (parts: EventParts) => readAnswer(await serve(apiEvent(parts)));
  const ask = (body: object, more: Partial<EventParts> = {}) =>
    call({ method: 'POST', path: '/v1/reports', body: JSON.stringify(body), ...more });
  const askId = async (body: object, principal: Principal = BOOTSTRAP) =>
    String((await ask(body, { principal })).body.id);
  const read = (id: string, principal: Principal = BOOTSTRAP) => call({ path: `/v1/reports/${id}`, principal });
  const cancel = (id: string, principal: Principal = BOOTSTRAP) =>
    call({ method: 'DELETE', path: `/v1/reports/${id}`, principal });
  return { ...deps, clock, call, ask, askId, read, cancel };
}

describe('POST /v1/reports', () => {
  it('queues a job of the caller, and says where it is', async () => {
    const api = createApi();
    const answer = await api.ask(SUMMARY, { principal: { ...BOOTSTRAP, keyId: 'key_1' } });
    const id = String(answer.body.id);
    expect(answer.status).to.equal(202);
    expect(answer.headers.location).to.equal(`/v1/reports/${id}`);
    expect(answer.body).to.deep.equal({
      ...{ id, kind: 'summary', status: 'queued', parts: { done: 0, total: 0 }, timeZone: 'UTC' },
      ...{ from: '2025-11-01T00:00:00.000Z', to: '2025-11-08T00:00:00.000Z', createdAt: new Date(NOW).toISOString() },
    });
    expect(id).to.match(/^summary-[0-9a-z]{26}$/);
    expect(await api.jobs.find(id)).to.include({ keyId: 'key_1', status: 'queued' });
  });

  it('makes one job for one Idempotency-Key', async () => {
    const api = createApi();
    const headers = { 'idempotency-key': 'k' };
    const [first, again] = [await api.ask(SUMMARY, { headers }), await api.ask(SUMMARY, { headers })];
    expect(again.body).to.deep.equal(first.body);
    expect(again.headers).to.include({ 'idempotency-replayed': 'true', location: first.headers.location });
    expect((await api.jobs.list('summary', { after: undefined, limit: 9 })).jobs).to.have.length(1);
  });

  describe('after a process that died between its job and its answer', () => {
    const headers = { 'idempotency-key': 'k' };
    const jobsOf = async (api: ReturnType<typeof createApi>) =>
      (await api.jobs.list('summary', { after: undefined, limit: 9 })).jobs.map(({ id }) => id);
    /** Its record of the request has run out. */
    const askAndDie = async (api: ReturnType<typeof createApi>) => {
      const { create } = api.jobs;
      api.jobs.create = async (job) => {
        await create.call(api.jobs, job);
        throw new Error('died');
      };
      expectProblem(await api.ask(SUMMARY, { headers }), 'unavailable');
      api.jobs.create = create;
    };

    it('finds its job again, later too', async () => {
      const api = createApi();
      await askAndDie(api);
      api.clock.now += 3_600_000;
      const again = await api.ask(SUMMARY, { headers });
      expect([again.status, await jobsOf(api)]).to.deep.equal([202, [again.body.id]]);
    });

    it('makes a job of another key, and of none', async () => {
      const api = createApi();
      await askAndDie(api);
      await api.ask(SUMMARY, { headers, principal: { ...BOOTSTRAP, keyId: 'key_2' } });
      await api.ask(SUMMARY);
      expect(await jobsOf(api)).to.have.length(3);
    });

    it('refuses another question', async () => {
      const api = createApi();
      await askAndDie(api);
      expectProblem(await api.ask(SHOP_SUMMARY, { headers }), 'idempotency-key-reused');
    });
  });

  it('refuses the thirteenth active job of a key with its own problem, and takes it when one has ended', async () => {
    const api = createApi();
    const first = await api.askId(SUMMARY);
    for (let job = 1; job < 12; job++) expect((await api.ask(SUMMARY)).status).to.equal(202);
    const refused = await api.ask(SUMMARY, { headers: { 'idempotency-key': 'k' } });
    expectProblem(refused, 'too-many-jobs');
    expect(refused.headers['retry-after']).to.equal('30');
    expect((await api.ask(SUMMARY, { principal: { ...BOOTSTRAP, keyId: 'key_2' } })).status).to.equal(202);
    expect((await api.cancel(first)).status).to.equal(204);
    expect((await api.ask(SUMMARY, { headers: { 'idempotency-key': 'k' } })).status).to.equal(202);
  });

  const limited: [what: string, body: object, pointers: string[]][] = [
    ['no actions', SUMMARY, ['/actions']],
    ['an action of others', { ...SUMMARY, actions: ['shop.buy', 'web', '__other__'] }, ['/actions/1', '/actions/2']],
    ['a step of others', { kind: 'funnel', ...RANGE, steps: ['shop.a', 'web'] }, ['/steps/1']],
    ['no actions of a retention', { kind: 'retention', ...RANGE }, ['/actions']],
  ];
  for (const [what, body, pointers] of limited) {
    it(`refuses a limited key that names ${what}`, async () => {
      const answer = await createApi().ask(body, { principal: SHOP });
      expectProblem(answer, 'forbidden');
      expect((answer.body.errors as { pointer: string }[]).map(({ pointer }) => pointer)).to.deep.equal(pointers);
    });
  }

  it('takes questions of a limited key about its own actions', async () => {
    const api = createApi();
    expect((await api.ask(SHOP_SUMMARY, { principal: SHOP })).status).to.equal(202);
    const funnel = { kind: 'funnel', ...RANGE, steps: ['shop.a', 'shop.a'] };
    expect((await api.ask(funnel, { principal: SHOP })).status).to.equal(202);
  });

  it('answers 503 while the table is down', async () => {
    const api = createApi();
    api.jobs.create = async () => {
      throw new Error('down');
    };
    expectProblem(await api.ask(SUMMARY), 'unavailable');
  });
});

describe('GET /v1/reports/{id} of a job', () => {
  it('shows its parts when they are known, and its reason when it has failed', async () => {
    const api = createApi();
    const id = await api.askId({ kind: 'funnel', ...RANGE, steps: ['a', 'b'], windowSeconds: 60 });
    await api.jobs.admit(BOOTSTRAP.keyId, NOW);
    await api.jobs.fixCut(id, { cut: 'c1', phases: [2, 1], now: NOW });
    await api.jobs.endPart(id, { cut: 'c1', part: 1, now: NOW });
    const running = (await api.read(id)).body;
    expect(running).to.include({ status: 'running', windowSeconds: 60 }).and.to.not.have.any.keys('links', 'actions');
    expect([running.parts, running.steps]).to.deep.equal([{ done: 1, total: 3 }, ['a', 'b']]);
    await api.jobs.end(id, { status: 'failed', reason: 'stalled', now: NOW + 5 });
    const failed = (await api.read(id)).body;
    expect(failed).to.include({ status: 'failed', reason: 'stalled', endedAt: new Date(NOW + 5).toISOString() });
    expect(failed).to.not.have.property('links');
  });

  it('has signed links when it is done', async () => {
    const api = createApi();
    const id = await api.askId(SUMMARY);
    await api.jobs.admit(BOOTSTRAP.keyId, NOW);
    await api.jobs.fixCut(id, { cut: 'c1', phases: [0], now: NOW });
    await api.jobs.end(id, { status: 'done', now: NOW });
    const link = (file: string) => `https://files.example/${id}/c1/${file}`;
    expect((await api.read(id)).body.links).to.deep.equal({
      ...{ json: link('json'), csv: link('csv'), html: link('html'), expiresAt: '2025-11-24T16:35:30.500Z' },
    });
  });

  it('is a 404 for a limited key that did not ask, and for nobody else', async () => {
    const api = createApi();
    const id = await api.askId(SHOP_SUMMARY, SHOP);
    expect((await api.read(id, SHOP)).status).to.equal(200);
    expect((await api.read(id, { ...BOOTSTRAP, keyId: 'key_2' })).status).to.equal(200);
    expectProblem(await api.read(id, OTHER_SHOP), 'resource-not-found');
    expectProblem(await api.cancel(id, OTHER_SHOP), 'resource-not-found');
  });

  it('is a 404 for an internal job, and an unknown id', async () => {
    const api = createApi();
    const question = { kind: 'users', from: 0, to: 1, timeZone: 'UTC', actions: undefined } as const;
    await api.jobs.create({ id: 'users-2025-11-24-ab', question, keyId: 'daily', createdAt: 1 });
    for (const id of ['users-2025-11-24-ab', 'summary-', 'summary-x', 'jobs-1', '%00', `summary-${'9'.repeat(2000)}`]) {
      expectProblem(await api.read(id), 'resource-not-found');
      expectProblem(await api.cancel(id), 'resource-not-found');
    }
  });
});

describe('DELETE /v1/reports/{id}', () => {
  it('cancels a queued and a running job once', async () => {
    const api = createApi();
    const [first, second] = [await api.askId(SUMMARY), await api.askId(SUMMARY)];
    expect((await api.cancel(first)).status).to.equal(204);
    await api.jobs.admit(BOOTSTRAP.keyId, NOW);
    expect((await api.cancel(second)).status).to.equal(204);
    for (const id of [first, second]) {
      expect((await api.read(id)).body).to.include({ status: 'cancelled' });
      expectProblem(await api.cancel(id), 'conflict');
    }
  });

  it('refuses a job that is done, and a daily report', async () => {
    const api = createApi();
    const id = await api.askId(SUMMARY);
    await api.jobs.admit(BOOTSTRAP.keyId, NOW);
    await api.jobs.end(id, { status: 'done', now: NOW });
    await api.store.claim(dailyReport('2025-11-24'));
    expectProblem(await api.cancel(id), 'conflict');
    expectProblem(await api.cancel('daily-2025-11-24'), 'conflict');
    expectProblem(await api.cancel('daily-2025-11-24', SHOP), 'resource-not-found');
  });

  it('needs the scope reports:write, as a question does', async () => {
    const api = createApi();
    const principal: Principal = { ...BOOTSTRAP, scopes: new Set(['reports:read']) };
    expectProblem(await api.cancel('summary-x', principal), 'forbidden');
    expectProblem(await api.ask(SUMMARY, { principal }), 'forbidden');
  });
});

describe('the list of jobs', () => {
  it('has the newest of a kind first, in pages; a limited key sees its own', async () => {
    const api = createApi();
    const ids: string[] = [];
    for (const principal of [BOOTSTRAP, SHOP, OTHER_SHOP, SHOP]) ids.push(await api.askId(SHOP_SUMMARY, principal));
    await api.askId({ kind: 'funnel', ...RANGE, steps: ['a', 'b'] });
    const list = async (principal: Principal, query: Record<string, string> = {}) =>
      (await api.call({ path: '/v1/reports', query: { kind: 'summary', ...query }, principal })).body;
    const idsOf = ({ items }: Record<string, unknown>) => (items as { id: string }[]).map(({ id }) => id);
    const newestFirst = ids.toReversed();
    const page = await list(BOOTSTRAP, { limit: '3' });
    expect(idsOf(page)).to.deep.equal(newestFirst.slice(0, 3));
    expect(idsOf(await list(BOOTSTRAP, { limit: '3', cursor: String(page.cursor) }))).to.deep.equal(ids.slice(0, 1));
    expect(idsOf(await list(SHOP))).to.deep.equal([ids[3], ids[1]]);
    expectProblem(await api.call({ path: '/v1/reports', query: { kind: 'users' } }), 'invalid-parameter');
  });
});
