import { expect } from 'chai';
import { BOOTSTRAP, type Principal } from '../http/callers/principal.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { createEndpoint, createWebhooksApi, locationOf, WANTED_ENDPOINT } from '../testing/webhooks-api.ts';

const LIMITED: Principal = { ...BOOTSTRAP, actionPrefixes: ['shop.'] };

describe('every route of webhooks', () => {
  it('is closed to a key that is limited to action prefixes', async () => {
    const api = createWebhooksApi();
    const path = locationOf(await createEndpoint(api));
    for (const [method, each] of [
      ['GET', '/v1/webhooks'],
      ['GET', path],
      ['DELETE', path],
      ['POST', `${path}/test`],
      ['GET', `${path}/deliveries`],
    ] as const) {
      expectProblem(await api.call({ method, path: each, principal: LIMITED }), 'forbidden');
    }
    expectProblem(
      await api.call({ method: 'POST', path: '/v1/webhooks', body: WANTED_ENDPOINT, principal: LIMITED }),
      'forbidden',
    );
    expect(await api.deps.webhooks.allEndpoints()).to.have.length(1);
  });

  it('says that the table or the name servers are down', async () => {
    const down = async () => Promise.reject(new Error('down'));
    const nameless = createWebhooksApi({ checkUrl: down });
    expectProblem(await createEndpoint(nameless), 'unavailable');
    const api = createWebhooksApi();
    const path = locationOf(await createEndpoint(api));
    Object.assign(api.deps.webhooks, { findEndpoint: down, listEndpoints: down, removeEndpoint: down });
    for (const each of ['/v1/webhooks', path, `${path}/deliveries`]) {
      expectProblem(await api.call({ path: each }), 'unavailable');
    }
    expectProblem(await api.call({ method: 'DELETE', path }), 'unavailable');
  });
});
