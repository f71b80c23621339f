import { expect } from 'chai';
import { expectProblem } from '../../testing/expect-problem.ts';
import { NOW } from '../../testing/users-api.ts';
import {
  createEndpoint,
  createWebhooksApi,
  locationOf,
  pointersOf,
  timeAt,
  WANTED_ENDPOINT,
  type WebhooksApi,
  withoutSecret,
} from '../../testing/webhooks-api.ts';

describe('PATCH and DELETE /v1/webhooks/{id}', () => {
  const change = (api: WebhooksApi, path: string, body: object) => api.call({ method: 'PATCH', path, body });

  it('change what is given, and remove', async () => {
    const api = createWebhooksApi();
    const made = await createEndpoint(api);
    const path = locationOf(made);
    const wanted = { url: 'https://new.example/', events: ['report.ready', 'user.erased'] };
    const changed = await change(api, path, wanted);
    expect(changed.body).to.deep.equal({ ...withoutSecret(made), ...wanted });
    expect((await change(api, path, {})).body).to.deep.equal(changed.body);
    expect((await api.call({ method: 'DELETE', path })).status).to.equal(204);
    for (const method of ['GET', 'DELETE']) expectProblem(await api.call({ method, path }), 'resource-not-found');
    expectProblem(await change(api, path, wanted), 'resource-not-found');
  });

  it('disable for the first reason, and enable with a good health', async () => {
    const api = createWebhooksApi();
    const path = locationOf(await createEndpoint(api));
    const disabled = await change(api, path, { status: 'disabled' });
    expect(disabled.body).to.deep.include({ status: 'disabled', disabled: { reason: 'asked', since: timeAt(0) } });
    api.clock.now += 1_000;
    expect((await change(api, path, { status: 'disabled' })).body).to.deep.equal(disabled.body);
    const [stored] = await api.deps.webhooks.allEndpoints();
    if (!stored) throw new Error('there is no endpoint');
    await api.deps.webhooks.setHealth(stored, {
      firstFailureAt: NOW,
      failures: 3,
      slow: true,
      pausedUntil: NOW + 9_000,
    });
    expect((await api.call({ path })).body).to.include({ failingSince: timeAt(0), pausedUntil: timeAt(9_000) });
    const enabled = await change(api, path, { status: 'enabled' });
    expect(enabled.body)
      .to.include({ status: 'enabled' })
      .and.not.have.any.keys('disabled', 'failingSince', 'pausedUntil');
  });

  it('keep the health of an endpoint that is only told what it is', async () => {
    const api = createWebhooksApi();
    const path = locationOf(await createEndpoint(api));
    const [stored] = await api.deps.webhooks.allEndpoints();
    if (!stored) throw new Error('there is no endpoint');
    await api.deps.webhooks.setHealth(stored, { firstFailureAt: NOW, failures: 3, slow: true, pausedUntil: undefined });
    const same = await change(api, path, { url: WANTED_ENDPOINT.url, status: 'enabled' });
    expect(same.body).to.include({ failingSince: timeAt(0) });
  });

  for (const body of [
    { url: 'https://private.example/' },
    { events: [] },
    { status: 'gone' },
    { format: 'slack' },
    { url: null },
  ]) {
    it(`refuse ${JSON.stringify(body)}`, async () => {
      const api = createWebhooksApi();
      const path = locationOf(await createEndpoint(api));
      const before = await api.deps.webhooks.allEndpoints();
      const answer = await change(api, path, body);
      expectProblem(answer, 'invalid-body');
      expect(pointersOf(answer)).to.deep.equal([`/${Object.keys(body)[0]}`]);
      expect(await api.deps.webhooks.allEndpoints()).to.deep.equal(before);
    });
  }

  it('lose to nobody: a change that was slower is decided again', async () => {
    const api = createWebhooksApi();
    const path = locationOf(await createEndpoint(api));
    const answers = await Promise.all([
      change(api, path, { url: 'https://new.example/' }),
      change(api, path, { events: ['report.ready'] }),
      api.call({ method: 'POST', path: `${path}/rotate-secret` }),
    ]);
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
    const [stored] = await api.deps.webhooks.allEndpoints();
    expect(stored).to.deep.include({ url: 'https://new.example/', events: ['report.ready'], revision: 3 });
    expect(stored?.secrets).to.have.length(2);
  });
});
