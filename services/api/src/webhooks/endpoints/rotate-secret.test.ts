import { expect } from 'chai';
import { expectProblem } from '../../testing/expect-problem.ts';
import { NOW } from '../../testing/users-api.ts';
import {
  createEndpoint,
  createWebhooksApi,
  locationOf,
  timeAt,
  WANTED_ENDPOINT,
  type WebhooksApi,
  withoutSecret,
} from '../../testing/webhooks-api.ts';

const DAY_MS = 86_400_000;

describe('POST /v1/webhooks/{id}/rotate-secret', () => {
  const rotate = (api: WebhooksApi, path: string, headers = {}) =>
    api.call({ method: 'POST', path: `${path}/rotate-secret`, headers });
  const secretsOf = async (api: WebhooksApi) => (await api.deps.webhooks.allEndpoints())[0]?.secrets;

  it('shows a new secret, beside which the old one signs for a day', async () => {
    const api = createWebhooksApi();
    const made = await createEndpoint(api, { ...WANTED_ENDPOINT, asymmetric: true });
    api.clock.now += 1_000;
    const rotated = await rotate(api, locationOf(made));
    expect(rotated.body.secret)
      .to.match(/^whsec_/)
      .and.not.equal(made.body.secret);
    expect(rotated.body.publicKey)
      .to.match(/^whpk_/)
      .and.not.equal(made.body.publicKey);
    expect(rotated.body.oldSecretsUntil).to.equal(timeAt(1_000 + DAY_MS));
    const secrets = await secretsOf(api);
    expect(secrets?.map(({ until }) => until && until - NOW)).to.deep.equal([
      undefined,
      undefined,
      1_000 + DAY_MS,
      1_000 + DAY_MS,
    ]);
    expect([secrets?.[0]?.secret, secrets?.[2]?.secret]).to.deep.equal([rotated.body.secret, made.body.secret]);
    expect((await api.call({ path: locationOf(made) })).body).to.deep.equal(withoutSecret(rotated));
  });

  it('lets each old secret end at its own time', async () => {
    const api = createWebhooksApi();
    const path = locationOf(await createEndpoint(api));
    await rotate(api, path);
    api.clock.now += DAY_MS / 2;
    await rotate(api, path);
    expect((await secretsOf(api))?.map(({ until }) => until && (until - NOW) / DAY_MS)).to.deep.equal([
      undefined,
      1.5,
      1,
    ]);
    api.clock.now += DAY_MS / 2;
    await rotate(api, path);
    expect(await secretsOf(api)).to.have.length(3);
    api.clock.now += 3 * DAY_MS;
    expect((await api.call({ path })).body).not.to.have.property('oldSecretsUntil');
  });

  it('rotates once for one Idempotency-Key, and not too often in a day', async () => {
    const api = createWebhooksApi();
    const path = locationOf(await createEndpoint(api));
    const [first, again] = [
      await rotate(api, path, { 'idempotency-key': 'k' }),
      await rotate(api, path, { 'idempotency-key': 'k' }),
    ];
    expect(again.body).to.deep.equal(withoutSecret(first));
    expect(await secretsOf(api)).to.have.length(2);
    for (let index = 2; index < 10; index++) expect((await rotate(api, path)).status).to.equal(200);
    expectProblem(await rotate(api, path), 'conflict');
  });
});
