import { createDynamoAlertsStore } from '@weir/dynamodb/alerts';
import { expect } from 'chai';
import { storedFiring } from '../testing/alerts-api.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { tableResource } from '../testing/table-resource.ts';
import { useFunction } from '../testing/use-function.ts';

const TABLE = 'weir-test-notifications';
const RULE = { name: 'Few orders', action: 'checkout', comparison: 'below', threshold: 10 };

describe('the function alerts over the local AWS', function () {
  this.timeout(60_000);
  const { call, addFault, clearFaults, client } = useFunction({
    ...{ name: 'alerts', timeoutSeconds: 15, load: () => import('./alerts.ts'), env: process.env },
    resources: { Notifications: tableResource(TABLE), Metrics: tableResource('weir-test-metrics') },
  });

  const make = (key: string, body: object = RULE) =>
    call({ method: 'POST', path: '/v1/alerts', body, headers: { 'idempotency-key': key } });

  it('makes a rule once, changes it, lists it, and removes it', async () => {
    const made = await make('k-1');
    expect([made.status, (await make('k-1')).body]).to.deep.equal([201, made.body]);
    const path = `/v1/alerts/${made.body.id}`;
    expect((await call({ path: '/v1/alerts', query: { limit: '1' } })).body.items).to.deep.equal([made.body]);
    const changed = await call({ method: 'PATCH', path, body: { threshold: 20 } });
    expect(changed.body).to.include({ threshold: 20, state: 'waiting' });
    expect((await call({ path })).body).to.deep.equal(changed.body);
    expect((await call({ method: 'DELETE', path })).status).to.equal(204);
    expectProblem(await call({ path }), 'resource-not-found');
  });

  it('lists what a rule fired', async () => {
    const id = String((await make('k-2')).body.id);
    const store = createDynamoAlertsStore({ client: client(), tableName: TABLE });
    await store.fire(storedFiring(id, 0), { revision: 1, version: 0, to: { version: 1 } });
    const list = await call({ path: `/v1/alerts/${id}/firings` });
    expect(list.body).to.have.nested.property('items[0].id', `${id}-0`);
  });

  it('tries a rule on what was counted, and refuses an endpoint that there is not', async () => {
    const tried = await call({ method: 'POST', path: '/v1/alerts/preview', body: { ...RULE, action: 'check*' } });
    expect(tried.status).to.equal(200);
    expect(tried.body.firings).to.have.length.within(1438, 1440);
    const channels = [{ type: 'webhook', endpointId: 'wh_AAAAAAAAAAAAAAAAAAAA' }];
    expectProblem(await make('k-3', { ...RULE, channels }), 'invalid-body');
  });

  it('makes a rule after the table was down', async () => {
    addFault({ match: { service: 'dynamodb', resource: TABLE }, kind: 'error' });
    expectProblem(await make('k-4'), 'unavailable');
    clearFaults();
    expect((await make('k-4')).status).to.equal(201);
  });
});
