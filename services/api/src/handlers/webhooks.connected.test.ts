import { expect } from 'chai';
import { expectProblem } from '../testing/expect-problem.ts';
import { tableResource } from '../testing/table-resource.ts';
import { useFunction } from '../testing/use-function.ts';
import { createEndpoint, locationOf, withoutSecret } from '../testing/webhooks-api.ts';

const TABLE = 'weir-test-notifications';
/** On a developer's machine only, an endpoint may be there too. */
const LOCAL = { url: 'http://127.0.0.1:9/hooks', events: ['alert.fired'] };

describe('the function webhooks over the local AWS', function () {
  this.timeout(60_000);
  const { call, addFault, clearFaults } = useFunction({
    ...{ name: 'webhooks', timeoutSeconds: 15, load: () => import('./webhooks.ts'), env: process.env },
    resources: { Notifications: tableResource(TABLE) },
  });

  const create = (key: string, body: object = LOCAL) => createEndpoint({ call }, body, { 'idempotency-key': key });

  it('makes an endpoint once, changes and rotates it, and removes it', async () => {
    const [made, again] = [await create('k-1'), await create('k-1')];
    expect([made.status, again.body]).to.deep.equal([201, withoutSecret(made)]);
    const path = locationOf(made);
    expect((await call({ path: '/v1/webhooks', query: { limit: '1' } })).body.items).to.deep.equal([again.body]);
    const rotated = await call({ method: 'POST', path: `${path}/rotate-secret` });
    expect(rotated.body.secret)
      .to.match(/^whsec_/)
      .and.not.equal(made.body.secret);
    const changed = await call({ method: 'PATCH', path, body: { status: 'disabled' } });
    expect(changed.body).to.deep.include({ status: 'disabled', oldSecretsUntil: rotated.body.oldSecretsUntil });
    expectProblem(await call({ method: 'POST', path: `${path}/test` }), 'conflict');
    expect((await call({ method: 'DELETE', path })).status).to.equal(204);
    expectProblem(await call({ path }), 'resource-not-found');
  });

  it('refuses an address that is not public, whatever its form', async () => {
    const refused = ['http://169.254.169.254/latest', 'https://[::1]/', 'https://0xa.1/', 'https://167772161/'];
    for (const url of refused) expectProblem(await create(`k ${url}`, { ...LOCAL, url }), 'invalid-body');
  });

  it('has a test sent, tells its delivery, has it sent again, and recovers', async () => {
    const path = locationOf(await create('k-2'));
    const sent = await call({ method: 'POST', path: `${path}/test` });
    expect(sent.status).to.equal(202);
    const list = await call({ path: `${path}/deliveries`, query: { limit: '1' } });
    expect(list.body.items).to.deep.equal([sent.body]);
    const delivery = locationOf(sent);
    expect((await call({ path: delivery })).body).to.deep.equal(sent.body);
    const again = await call({ method: 'POST', path: `${delivery}/retry` });
    expect([again.status, again.body.status]).to.deep.equal([202, 'pending']);
    const recovered = await call({ method: 'POST', path: `${path}/recover`, body: { since: '2026-01-01T00:00:00Z' } });
    expect([recovered.status, recovered.body]).to.deep.equal([202, { count: 0 }]);
  });

  it('makes an endpoint after the table was down', async () => {
    addFault({ match: { service: 'dynamodb', resource: TABLE }, kind: 'error' });
    expectProblem(await create('k-3'), 'unavailable');
    clearFaults();
    expect((await create('k-3')).status).to.equal(201);
  });
});
