import { expect } from 'chai';
import { closedPort, type HttpBackend, startHttpBackend } from '../aws-door/testing/http-backend.ts';
import { createApiClient } from './api-client.ts';
import { mapConcurrently } from './map-concurrently.ts';

describe('the client of the API', () => {
  let backend: HttpBackend | undefined;
  afterEach(async () => {
    await backend?.close();
    backend = undefined;
  });

  async function clientOf(...answers: readonly (readonly [status: number, body: unknown])[]) {
    const left = [...answers];
    const started = await startHttpBackend((response) => {
      const [status, body] = left.shift() ?? [500, 'no more answers'];
      response.writeHead(status).end(JSON.stringify(body));
    });
    backend = started;
    return { api: createApiClient(`http://127.0.0.1:${started.port}/v1`, 'k1'), requests: started.requests };
  }
  const messageOf = (failed: Promise<unknown>) =>
    failed.then(
      () => 'no error',
      (error: Error) => error.message,
    );

  it('lists all actions, page after page, with its key', async () => {
    const { api, requests } = await clientOf(
      [200, { items: [{ action: 'a' }], cursor: 'x/y' }],
      [200, { items: [{ action: 'b' }] }],
    );
    expect((await api.actions()).map(({ action }) => action)).to.deep.equal(['a', 'b']);
    expect(requests.map(({ target }) => target)).to.deep.equal(['/v1/actions', '/v1/actions?cursor=x%2Fy']);
    expect(requests[0]?.headers.authorization).to.equal('Bearer k1');
  });

  it('asks for the metrics of any action', async () => {
    const { api, requests } = await clientOf([200, { series: [] }]);
    await api.metrics({ action: 'a/b c', from: 0, to: 60_000, interval: 'hour' });
    expect(requests[0]?.target).to.equal('/v1/metrics/a%2Fb%20c?from=0&to=60000&interval=hour');
  });

  it('sends events, and is content only when all of them were accepted', async () => {
    const rejected = [{ index: 1, reason: 'no action' }];
    const { api, requests } = await clientOf([202, { accepted: 2, rejected: [] }], [202, { accepted: 1, rejected }]);
    await api.sendEvents([{ action: 'a' }, { action: 'b' }]);
    expect(requests[0]).to.include({ method: 'POST', body: '{"events":[{"action":"a"},{"action":"b"}]}' });
    expect(await messageOf(api.sendEvents([{}, {}]))).to.equal(
      `the API accepted 1 of 2 events: ${JSON.stringify(rejected)}`,
    );
  });

  it('names the request and the answer if it was not a success', async () => {
    const { api } = await clientOf([403, { detail: 'x'.repeat(1_000) }]);
    const message = await messageOf(api.actions());
    expect(message).to.match(/^GET http:\/\/127\.0\.0\.1:\d+\/v1\/actions answered 403: \{"detail":"xxx/);
    expect(message.length).to.be.below(600);
  });

  it('tells a healthy API from one that is not, and from none', async () => {
    const { api } = await clientOf([200, {}], [503, {}]);
    expect([await api.health(), await api.health()]).to.deep.equal([true, false]);
    expect(await createApiClient(`http://127.0.0.1:${await closedPort()}/v1`, 'k1').health()).to.equal(false);
  });
});

describe('mapConcurrently', () => {
  it('keeps the order, with so many under way and no more', async () => {
    let underWay = 0;
    let most = 0;
    const results = await mapConcurrently([5, 1, 4, 2, 3], 2, async (turns) => {
      underWay += 1;
      most = Math.max(most, underWay);
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      underWay -= 1;
      return turns * 10;
    });
    expect([results, most]).to.deep.equal([[50, 10, 40, 20, 30], 2]);
    expect(await mapConcurrently([], 2, async () => 1)).to.deep.equal([]);
  });

  it('fails with the first failure', async () => {
    const failing = mapConcurrently([1, 2, 3], 2, async (number) => {
      if (number === 2) throw new Error('two');
      return number;
    });
    expect(await failing.catch((error: Error) => error.message)).to.equal('two');
  });
});
