import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { BOOTSTRAP, type Principal } from '../http/callers/principal.ts';
import { createServe } from '../serve/serve.ts';
import { apiEvent, type EventParts, readAnswer } from '../testing/api-event.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { createReportsDeps, dailyReport } from '../testing/reports-api.ts';
import { createReportsRoutes } from './reports-routes.ts';

const LIMITED = { principal: { ...BOOTSTRAP, actionPrefixes: ['checkout.'] } };

function createApi() {
  const deps = createReportsDeps();
  const authenticate = createAuthenticate({ log: silentLog, now: deps.now });
  const serve = createServe({ routes: createReportsRoutes(deps), authenticate, log: silentLog });
  const call = async (parts: EventParts) => readAnswer(await serve(apiEvent(parts)));
  return { ...deps, call };
}

describe('the list of reports', () => {
  let api: ReturnType<typeof createApi>;
  beforeEach(async () => {
    api = createApi();
    for (const date of ['2025-11-22', '2025-11-24', '2025-11-23']) await api.store.claim(dailyReport(date));
  });

  const list = (query: Record<string, string> = {}) => api.call({ path: '/v1/reports', query });
  const idsOf = (body: Record<string, unknown>) => (body.items as { id: string }[]).map(({ id }) => id);

  it('has the newest first, each with its day, in pages', async () => {
    const first = await list({ kind: 'daily', limit: '2' });
    expect(first.status).to.equal(200);
    expect(idsOf(first.body)).to.deep.equal(['daily-2025-11-24', 'daily-2025-11-23']);
    expect((first.body.items as object[])[0]).to.deep.equal({
      ...{ id: 'daily-2025-11-24', kind: 'daily', status: 'done', revision: 1, timeZone: 'UTC' },
      ...{ from: '2025-11-24T00:00:00.000Z', to: '2025-11-25T00:00:00.000Z' },
      ...{ createdAt: '2025-11-25T00:00:00.000Z', revisedAt: '2025-11-25T00:00:00.000Z' },
    });
    const second = await list({ limit: '2', cursor: String(first.body.cursor) });
    expect(idsOf(second.body)).to.deep.equal(['daily-2025-11-22']);
    expect(second.body).to.not.have.property('cursor');
  });

  it('leaves out a report whose first revision is not finished, and has the last finished one of another', async () => {
    await api.store.claim(dailyReport('2025-11-25', { finished: 0 }));
    await api.store.claim(dailyReport('2025-11-24', { revision: 2, finished: 1, owner: 'p' }));
    expect((await list()).body.items).to.have.length(3);
    expect((await list({ limit: '1' })).body.items).to.deep.equal([]);
    const [newest] = (await list()).body.items as object[];
    expect(newest).to.include({ id: 'daily-2025-11-24', revision: 1 });
  });

  it('refuses a kind that there is not, and other parameters', async () => {
    expectProblem(await list({ kind: 'weekly' }), 'invalid-parameter');
    expectProblem(await list({ limit: '0' }), 'invalid-parameter');
    expectProblem(await list({ from: 'x' }), 'invalid-parameter');
    expectProblem(await list({ cursor: 'x' }), 'invalid-parameter');
  });

  it('is empty for a key with prefixes: a report shows all actions', async () => {
    const query = { kind: 'daily' };
    expect((await api.call({ path: '/v1/reports', query, ...LIMITED })).body).to.deep.equal({ items: [] });
  });

  it('must be asked for by kind by a key with prefixes, and says which kinds there are', async () => {
    const answer = await api.call({ path: '/v1/reports', ...LIMITED });
    expectProblem(answer, 'invalid-parameter');
    expect(answer.body.detail).to.match(/^kind: is missing: .* name one of summary, retention, funnel$/);
  });
});

describe('a report', () => {
  it('has links to the files of its newest finished revision, with the time at which they end', async () => {
    const api = createApi();
    await api.store.claim(dailyReport('2025-11-24'));
    await api.store.claim(dailyReport('2025-11-24', { revision: 2, finished: 1, owner: 'p' }));
    const link = (revision: number, file: string) => `https://files.example/daily-2025-11-24/r${revision}/${file}`;
    const read = async () => (await api.call({ path: '/v1/reports/daily-2025-11-24' })).body;
    expect((await read()).links).to.deep.equal({
      ...{ json: link(1, 'json'), csv: link(1, 'csv'), html: link(1, 'html') },
      expiresAt: '2025-11-24T16:35:30.500Z',
    });
    await api.store.finish('daily-2025-11-24', 2);
    expect(await read())
      .to.include({ revision: 2 })
      .and.to.have.nested.property('links.json', link(2, 'json'));
  });

  it('is a 404 if there is none, if none of it is finished, and for a key with prefixes', async () => {
    const api = createApi();
    await api.store.claim(dailyReport('2025-11-24'));
    await api.store.claim(dailyReport('2025-11-23', { finished: 0 }));
    for (const id of ['daily-2025-11-22', 'daily-2025-11-23', 'daily-', 'x', '%00', `daily-${'9'.repeat(2000)}`]) {
      expectProblem(await api.call({ path: `/v1/reports/${id}` }), 'resource-not-found');
    }
    expectProblem(await api.call({ path: '/v1/reports/daily-2025-11-24', ...LIMITED }), 'resource-not-found');
  });

  it('needs the scope reports:read', async () => {
    const api = createApi();
    const principal: Principal = { ...BOOTSTRAP, scopes: new Set(['metrics:read', 'reports:write']) };
    expectProblem(await api.call({ path: '/v1/reports', principal }), 'forbidden');
    expectProblem(await api.call({ path: '/v1/reports/daily-2025-11-24', principal }), 'forbidden');
  });
});
