import type { WebhooksStore } from '@weir/dynamodb/webhooks';
import { expect } from 'chai';
import { expectProblem } from '../../testing/expect-problem.ts';
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

const DAY_MS = 86_400_000;

describe('POST /v1/webhooks', () => {
  it('makes an endpoint, and shows its secret this once', async () => {
    const api = createWebhooksApi();
    const answer = await createEndpoint(api);
    const { id, secret } = answer.body;
    expect(answer.status).to.equal(201);
    expect(answer.body).to.deep.equal({
      ...{ id, ...WANTED_ENDPOINT, format: 'standard', asymmetric: false, status: 'enabled', secret },
      ...{ createdAt: timeAt(0), createdBy: 'bootstrap' },
    });
    expect(id).to.match(/^wh_[\w-]{20}$/);
    expect(Buffer.from(String(secret).replace('whsec_', ''), 'base64')).to.have.length(32);
    expect(locationOf(answer)).to.equal(`/v1/webhooks/${id}`);
    const read = await api.call({ path: locationOf(answer) });
    expect([read.status, read.body]).to.deep.equal([200, withoutSecret(answer)]);
    expect((await api.call({ path: '/v1/webhooks' })).body).to.deep.equal({ items: [read.body] });
  });

  it('gives an asymmetric endpoint a public key, and never shows the private one', async () => {
    const api = createWebhooksApi();
    const answer = await createEndpoint(api, { ...WANTED_ENDPOINT, asymmetric: true });
    expect(answer.body.publicKey).to.match(/^whpk_[\w+/]{43}=$/);
    expect(answer.body.secret).to.match(/^whsec_/);
    const [stored] = await api.deps.webhooks.allEndpoints();
    expect(stored?.secrets.map(({ secret }) => secret.split('_')[0])).to.deep.equal(['whsec', 'whsk']);
    expect(JSON.stringify([answer.body, (await api.call({ path: locationOf(answer) })).body])).not.to.contain('whsk_');
  });

  it('makes no secret for Slack', async () => {
    const api = createWebhooksApi();
    const answer = await createEndpoint(api, { ...WANTED_ENDPOINT, format: 'slack' });
    expect(answer.body).to.include({ format: 'slack' }).and.not.have.any.keys('secret', 'publicKey');
    expectProblem(await api.call({ method: 'POST', path: `${locationOf(answer)}/rotate-secret` }), 'conflict');
  });

  const bad: [what: string, body: object, pointers: string[]][] = [
    ['nothing', {}, ['/url', '/events']],
    ['HTTP', { ...WANTED_ENDPOINT, url: 'http://shop.example/' }, ['/url']],
    ['a private address', { ...WANTED_ENDPOINT, url: 'https://10.1.2.3/' }, ['/url']],
    ['a host with a private address', { ...WANTED_ENDPOINT, url: 'https://private.example/' }, ['/url']],
    ['the address of Lambda itself', { ...WANTED_ENDPOINT, url: 'https://127.0.0.1:9001/' }, ['/url']],
    ['a password', { ...WANTED_ENDPOINT, url: 'https://a:b@shop.example/' }, ['/url']],
    ['a space', { ...WANTED_ENDPOINT, url: 'https://shop.example/a b' }, ['/url']],
    ['a long address', { ...WANTED_ENDPOINT, url: `https://shop.example/${'a'.repeat(2_048)}` }, ['/url']],
    ['no events', { ...WANTED_ENDPOINT, events: [] }, ['/events']],
    ['an unknown event', { ...WANTED_ENDPOINT, events: ['alert.fired', 'alert.gone'] }, ['/events/1']],
    ['a signed Slack', { ...WANTED_ENDPOINT, format: 'slack', asymmetric: true }, ['/asymmetric']],
    ['a secret of its own', { ...WANTED_ENDPOINT, secret: 'whsec_x' }, ['/secret']],
  ];
  for (const [what, body, expected] of bad) {
    it(`refuses ${what}`, async () => {
      const api = createWebhooksApi();
      const answer = await createEndpoint(api, body);
      expectProblem(answer, 'invalid-body');
      expect(pointersOf(answer)).to.deep.equal(expected);
      expect(await api.deps.webhooks.allEndpoints()).to.deep.equal([]);
    });
  }

  it('makes one endpoint for one Idempotency-Key, and repeats the answer without the secret', async () => {
    const api = createWebhooksApi();
    const headers = { 'idempotency-key': 'k' };
    const [first, again] = [
      await createEndpoint(api, WANTED_ENDPOINT, headers),
      await createEndpoint(api, WANTED_ENDPOINT, headers),
    ];
    expect(again.body).to.deep.equal(withoutSecret(first));
    expect(await api.deps.webhooks.allEndpoints()).to.have.length(1);
  });

  it('finds the endpoint that a process made before it died, with its secret: nobody has seen that', async () => {
    const api = createWebhooksApi();
    const headers = { 'idempotency-key': 'k' };
    await dieAfterMaking(api, headers);
    api.clock.now += 3_600_000;
    const again = await createEndpoint(api, WANTED_ENDPOINT, headers);
    const all = await api.deps.webhooks.allEndpoints();
    expect([again.status, all.map(({ id }) => id)]).to.deep.equal([201, [again.body.id]]);
    expect(again.body.secret).to.equal(all[0]?.secrets[0]?.secret);
  });

  it('shows the secret of another endpoint to nobody: not for another body, and not the next day', async () => {
    for (const [body, later] of [
      [{ ...WANTED_ENDPOINT, events: ['report.ready'] }, 0],
      [WANTED_ENDPOINT, DAY_MS],
    ] as const) {
      const api = createWebhooksApi();
      const headers = { 'idempotency-key': 'k' };
      await dieAfterMaking(api, headers);
      const [made] = await api.deps.webhooks.allEndpoints();
      api.clock.now += later;
      const again = await createEndpoint(api, body, headers);
      expect(again.status).to.equal(201);
      expect(again.body.id).not.to.equal(made?.id);
      expect(again.body.secret).not.to.equal(made?.secrets[0]?.secret);
    }
  });

  it('never uses the id of an endpoint that was removed: what waits for it would go to the new address', async () => {
    const api = createWebhooksApi();
    const headers = { 'idempotency-key': 'k' };
    const dead = await dieAfterMaking(api, headers);
    await api.call({ method: 'DELETE', path: `/v1/webhooks/${dead}` });
    const second = await dieAfterMaking(api, headers);
    const again = await createEndpoint(api, WANTED_ENDPOINT, headers);
    expect([again.status, again.body.id]).to.deep.equal([201, second]);
    expect(second).not.to.equal(dead);
    expect(await api.deps.webhooks.allEndpoints()).to.have.length(1);
  });

  it('finds the endpoint of a process that died though the stage is full by now', async () => {
    const api = createWebhooksApi();
    const headers = { 'idempotency-key': 'k' };
    const made = await dieAfterMaking(api, headers);
    for (let index = 0; index < 99; index++) await createEndpoint(api);
    const again = await createEndpoint(api, WANTED_ENDPOINT, headers);
    expect([again.status, again.body.id]).to.deep.equal([201, made]);
    expect(again.body).to.have.property('secret');
  });

  it('refuses the endpoint that is one too many', async () => {
    const api = createWebhooksApi();
    for (let index = 0; index < 100; index++) expect((await createEndpoint(api)).status).to.equal(201);
    expectProblem(await createEndpoint(api), 'conflict');
  });
});

/** The process dies between its write and its answer, and its record of the request runs out. Gives the id it made. */
async function dieAfterMaking(api: WebhooksApi, headers: Record<string, string>): Promise<string | undefined> {
  const store: { -readonly [name in keyof WebhooksStore]: WebhooksStore[name] } = api.deps.webhooks;
  const { findEndpoint } = store;
  store.findEndpoint = async () => {
    throw new Error('died');
  };
  expectProblem(await createEndpoint(api, WANTED_ENDPOINT, headers), 'unavailable');
  store.findEndpoint = findEndpoint;
  return (await store.allEndpoints())[0]?.id;
}
