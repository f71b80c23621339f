import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { BOOTSTRAP, type Principal } from '../http/callers/principal.ts';
import { createServe } from '../serve/serve.ts';
import { apiEvent, readAnswer } from '../testing/api-event.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { auditOf, createReportsDeps } from '../testing/reports-api.ts';
import { createAuditsRoutes } from './audits-routes.ts';

const DATE = '2025-11-24';
const audit = auditOf(DATE);

function createApi() {
  const deps = createReportsDeps();
  const authenticate = createAuthenticate({ log: silentLog, now: deps.now });
  const serve = createServe({ routes: createAuditsRoutes(deps), authenticate, log: silentLog });
  const read = async (date: string, principal: Principal = BOOTSTRAP) =>
    readAnswer(await serve(apiEvent({ path: `/v1/audits/${date}`, principal })));
  return { ...deps, read };
}

describe('GET /v1/audits/{date}', () => {
  it('has every bucket that differs with both values, the heads, and a link to all of them', async () => {
    const api = createApi();
    await api.audits.put(audit);
    const { status, body } = await api.read(DATE);
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      ...{ date: DATE, timeZone: 'UTC', from: '2025-11-24T00:00:00.000Z', to: '2025-11-25T00:00:00.000Z' },
      ...{ asOf: '2025-11-24T00:00:00.001Z', auditedAt: '2025-11-24T00:00:00.002Z', status: 'drift', drift: 2 },
      ...{ missingObjects: ['archive/a.gz'], isComplete: true },
      buckets: [{ ...audit.buckets[0], start: '2025-11-24T00:00:00.000Z' }],
      heads: [
        { logId: '1.0', number: 3, position: { sequenceNumber: '49', index: 2 } },
        { logId: '1.1', number: -1, position: null },
      ],
      links: { json: `https://files.example/${audit.file}`, expiresAt: '2025-11-24T16:35:30.500Z' },
    });
  });

  it('says that more differences are in the file, and that nothing had arrived', async () => {
    const api = createApi();
    await api.audits.put({ ...audit, asOf: undefined, drift: 500 });
    expect((await api.read(DATE)).body).to.include({ isComplete: false, asOf: null });
  });

  it('counts a bucket once, whose fields are several differences', async () => {
    const api = createApi();
    const buckets = audit.buckets.flatMap((bucket) => [bucket, { ...bucket, field: 'sum' } as const]);
    await api.audits.put({ ...audit, buckets, drift: 3 });
    expect((await api.read(DATE)).body).to.include({ isComplete: false });
    await api.audits.put({ ...audit, buckets, drift: 2 });
    expect((await api.read(DATE)).body).to.include({ isComplete: true });
  });

  it('is a 404 that says when the audit is made, and for a key with prefixes', async () => {
    const api = createApi();
    await api.audits.put(audit);
    const missing = await api.read('2025-11-23');
    expectProblem(missing, 'resource-not-found');
    expect(missing.body.detail).to.match(/in the night after it/);
    expectProblem(await api.read(DATE, { ...BOOTSTRAP, actionPrefixes: ['a'] }), 'resource-not-found');
  });

  for (const date of ['2025-02-30', '2025-13-01', 'yesterday', '2025-11-24T00:00:00Z', '%00', '٢٠٢٥-11-24']) {
    it(`refuses ${date}, which is no date`, async () => {
      expectProblem(await createApi().read(date), 'invalid-parameter');
    });
  }

  it('needs the scope reports:read, and is unavailable while the table is down', async () => {
    const api = createApi();
    expectProblem(await api.read(DATE, { ...BOOTSTRAP, scopes: new Set(['reports:write']) }), 'forbidden');
    api.audits.find = async () => {
      throw new Error('down');
    };
    expectProblem(await api.read(DATE), 'unavailable');
  });
});
