import { expect } from 'chai';
import { BOOTSTRAP, type Principal } from '../../http/callers/principal.ts';
import { alertId, createAlertsApi, storedAlert, storedFiring } from '../../testing/alerts-api.ts';
import { expectProblem } from '../../testing/expect-problem.ts';
import { NOW } from '../../testing/users-api.ts';

const MINUTE = 60_000;
const LIMITED: Principal = { ...BOOTSTRAP, actionPrefixes: ['checkout'] };
const RULE = { name: 'Few orders', action: 'checkout', comparison: 'below', threshold: 10 };
const START = NOW - (NOW % MINUTE) - 3 * MINUTE;
const [FIRST, SECOND] = [alertId(1), alertId(2)];

const idsOf = ({ body }: { body: Record<string, unknown> }) => (body.items as { id: string }[]).map(({ id }) => id);

describe('rules', () => {
  let api: ReturnType<typeof createAlertsApi>;
  beforeEach(() => {
    api = createAlertsApi();
  });
  const make = (body: object = RULE, more: object = {}) =>
    api.call({ method: 'POST', path: '/v1/alerts', body, ...more });
  const read = (id = FIRST, principal = BOOTSTRAP) => api.call({ path: `/v1/alerts/${id}`, principal });

  it('are made with defaults, and judge from the next full minute on', async () => {
    const made = await make();
    expect(made.status).to.equal(201);
    expect(made.headers).to.include({ location: `/v1/alerts/${FIRST}` });
    expect(made.body).to.deep.equal({
      ...{ id: FIRST, ...RULE, field: 'count', interval: 'minute', lateSeconds: 60, repeat: 'recovered' },
      ...{ cooldownSeconds: 600, enabled: true, channels: [{ type: 'webhook' }], state: 'waiting' },
      ...{ createdAt: '2025-11-24T16:20:30.500Z', updatedAt: '2025-11-24T16:20:30.500Z' },
    });
    expect((await read()).body).to.deep.equal(made.body);
    expect(await api.alerts.find(FIRST)).to.deep.include({ revision: 1, since: Date.UTC(2025, 10, 24, 16, 21) });
  });

  it('are made once under an Idempotency-Key, also if the answer to the first request was lost', async () => {
    const headers = { 'idempotency-key': 'k1' };
    const first = await make(RULE, { headers });
    expect((await make(RULE, { headers })).body).to.deep.equal(first.body);
    const other = await make({ ...RULE, threshold: 11 }, { headers });
    expect(other.body.id).not.to.equal(first.body.id);
    const principal = { ...BOOTSTRAP, keyId: 'another' };
    expect((await make(RULE, { headers, principal })).body.id).not.to.equal(first.body.id);
    await api.alerts.update({ ...storedAlert(String(first.body.id)), cooldownSeconds: 5 }, { revision: 1 });
    expect((await make(RULE, { headers })).body.id).not.to.equal(first.body.id);
  });

  it('are at most a thousand', async () => {
    for (let number = 1; number <= 1000; number++) await api.alerts.create(storedAlert(`r${number}`));
    expectProblem(await make(), 'conflict');
  });

  it('name endpoints that exist', async () => {
    const channels = [
      { type: 'webhook', endpointId: 'e1' },
      { type: 'webhook', endpointId: 'e2' },
    ];
    const refused = await make({ ...RULE, channels });
    expectProblem(refused, 'invalid-body');
    const detail = 'there is no such endpoint; GET /v1/webhooks lists them';
    expect(refused.body.errors).to.deep.equal([{ pointer: '/channels/1/endpointId', detail }]);
    expect((await make({ ...RULE, channels: channels.slice(0, 1) })).status).to.equal(201);
  });

  it('about users or percentiles match at most 100 actions', async () => {
    const seen = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ action: `a.${at}`, count: 1, firstSeen: NOW, lastSeen: NOW }));
    const rule = { ...RULE, action: 'a.*', field: 'users', interval: 'hour' };
    api.reader.actions = [...seen(100), { action: 'b', count: 1, firstSeen: NOW, lastSeen: NOW }];
    expect((await make(rule)).status).to.equal(201);
    api.reader.actions = seen(101);
    const refused = await make(rule);
    expectProblem(refused, 'invalid-body');
    const detail = 'matches 101 actions; users are merged of at most 100';
    expect(refused.body.errors).to.deep.equal([{ pointer: '/action', detail }]);
    expect((await make({ ...rule, field: 'count' })).status).to.equal(201);
  });

  it('show whether they fire, and what they saw last', async () => {
    await make();
    const at = NOW - 20_000;
    const lastEvaluated = new Map([[FIRST, { bucket: START, value: 3, at }]]);
    await api.alerts.moveCursor({ evaluatedUpTo: NOW - MINUTE, at, lastEvaluated });
    expect((await read()).body).to.deep.include({
      state: 'ok',
      lastEvaluated: { bucket: '2025-11-24T16:17:00.000Z', value: 3, at: '2025-11-24T16:20:10.500Z' },
    });
    const to = { version: 1, episode: { bucket: START, latest: START, told: START } };
    await api.alerts.update(storedAlert(FIRST, { since: START }), { revision: 1 });
    await api.alerts.fire(storedFiring(FIRST, START), { revision: 2, version: 0, to });
    expect((await read()).body).to.include({ state: 'firing' });
    expect((await api.call({ path: '/v1/alerts' })).body.items).to.deep.equal([(await read()).body]);
  });

  it('are listed in pages', async () => {
    for (let number = 1; number <= 5; number++) await make();
    const first = await api.call({ path: '/v1/alerts', query: { limit: '3' } });
    expect(idsOf(first)).to.deep.equal([1, 2, 3].map(alertId));
    const second = await api.call({ path: '/v1/alerts', query: { limit: '3', cursor: String(first.body.cursor) } });
    expect(idsOf(second)).to.deep.equal([4, 5].map(alertId));
    expect(second.body).not.to.have.property('cursor');
    expectProblem(await api.call({ path: '/v1/alerts', query: { cursor: 'x' } }), 'invalid-parameter');
    expectProblem(await api.call({ path: '/v1/alerts', query: { state: 'ok' } }), 'invalid-parameter');
  });

  it('are removed, and then there is none', async () => {
    await make();
    const remove = () => api.call({ method: 'DELETE', path: `/v1/alerts/${FIRST}` });
    expect((await remove()).status).to.equal(204);
    expectProblem(await remove(), 'resource-not-found');
    expectProblem(await read(), 'resource-not-found');
    expectProblem(await api.call({ path: `/v1/alerts/${FIRST}/firings` }), 'resource-not-found');
    for (const id of ['', 'x', '%00', 'A'.repeat(16), 'a'.repeat(2000)]) {
      expect((await read(id)).status, id).to.equal(404);
    }
  });

  it('need their scopes', async () => {
    await make();
    const reads: Principal = { ...BOOTSTRAP, scopes: new Set(['alerts:read']) };
    const writes: Principal = { ...BOOTSTRAP, scopes: new Set(['alerts:write']) };
    expect((await read(FIRST, reads)).status).to.equal(200);
    expectProblem(await make(RULE, { principal: reads }), 'forbidden');
    expectProblem(await api.call({ path: '/v1/alerts', principal: writes }), 'forbidden');
    expectProblem(await api.call({ path: `/v1/alerts/${FIRST}/firings`, principal: writes }), 'forbidden');
    const preview = { method: 'POST', path: '/v1/alerts/preview', body: RULE };
    expectProblem(await api.call({ ...preview, principal: reads }), 'forbidden');
  });

  it('are a 503 while a store is down', async () => {
    await make();
    api.reader.isDown = true;
    expectProblem(await make({ ...RULE, action: 'a*', field: 'p95', interval: 'day' }), 'unavailable');
    api.alerts.readCursor = async () => {
      throw new Error('down');
    };
    expectProblem(await read(), 'unavailable');
    expectProblem(await api.call({ path: '/v1/alerts' }), 'unavailable');
  });
});

describe('a key that is limited to prefixes', () => {
  let api: ReturnType<typeof createAlertsApi>;
  beforeEach(async () => {
    api = createAlertsApi();
    for (const action of ['checkout', 'checkout.*', 'view', '*', 'check*']) {
      await api.call({ method: 'POST', path: '/v1/alerts', body: { ...RULE, action } });
    }
  });

  it('sees the rules whose actions it may all use', async () => {
    const page = await api.call({ path: '/v1/alerts', principal: LIMITED });
    expect(idsOf(page)).to.deep.equal([1, 2].map(alertId));
    const first = await api.call({ path: '/v1/alerts', principal: LIMITED, query: { limit: '1' } });
    expect(idsOf(first)).to.deep.equal([FIRST]);
    const query = { limit: '1', cursor: String(first.body.cursor) };
    const second = await api.call({ path: '/v1/alerts', principal: LIMITED, query });
    expect([...idsOf(second), second.body.cursor]).to.deep.equal([SECOND, undefined]);
    for (const [number, status] of [
      [2, 200],
      [3, 404],
      [4, 404],
      [5, 404],
    ] as const) {
      const path = `/v1/alerts/${alertId(number)}`;
      for (const each of [path, `${path}/firings`]) {
        expect((await api.call({ path: each, principal: LIMITED })).status, each).to.equal(status);
      }
    }
  });

  it('makes, changes, tries and removes only these', async () => {
    const send = (method: string, path: string, body?: object) =>
      api.call({ method, path: `/v1/alerts${path}`, principal: LIMITED, ...(body && { body }) });
    expect((await send('POST', '', { ...RULE, action: 'checkout.a*' })).status).to.equal(201);
    expect((await send('POST', '/preview', RULE)).status).to.equal(200);
    for (const action of ['view', '*', 'check*', '__other__']) {
      for (const path of ['', '/preview']) expectProblem(await send('POST', path, { ...RULE, action }), 'forbidden');
      expectProblem(await send('PATCH', `/${FIRST}`, { action }), 'forbidden');
    }
    expectProblem(await send('PATCH', `/${alertId(3)}`, { action: 'checkout' }), 'resource-not-found');
    expectProblem(await send('DELETE', `/${alertId(3)}`), 'resource-not-found');
    expect(await api.alerts.find(alertId(3))).to.include({ action: 'view' });
    expect((await send('DELETE', `/${FIRST}`)).status).to.equal(204);
  });

  it('sees the firings of a rule about its actions', async () => {
    const fire = (start: number, version: number, action: string) => {
      const fired = storedFiring(FIRST, start);
      const to = { version: version + 1 };
      return api.alerts.fire({ ...fired, rule: { ...fired.rule, action } }, { revision: 1, version, to });
    };
    await fire(START, 0, '*');
    await fire(START + MINUTE, 1, 'checkout');
    const firings = await api.call({ path: `/v1/alerts/${FIRST}/firings`, principal: LIMITED });
    expect(idsOf(firings)).to.deep.equal([`${FIRST}-${START + MINUTE}`]);
  });
});

describe('the firings of a rule', () => {
  it('are listed in pages, the latest first, with the recovery of the one that was told', async () => {
    const api = createAlertsApi();
    await api.call({ method: 'POST', path: '/v1/alerts', body: RULE });
    for (const version of [0, 1, 2]) {
      const fired = storedFiring(FIRST, START + version * MINUTE, { notified: version === 0 });
      await api.alerts.fire(fired, { revision: 1, version, to: { version: version + 1 } });
    }
    const { firedAt: _at, recovery: _none, ...observed } = storedFiring(FIRST, START + 3 * MINUTE);
    const recovery = { ...observed, recoveredAt: NOW };
    await api.alerts.recover(FIRST, { ended: START, recovery }, { revision: 1, version: 3, to: { version: 4 } });
    for (const [addressId, outcome] of [
      ['ad_1', 'sent'],
      ['ad_2', 'capped'],
      ['ad_3', 'sent'],
    ] as const) {
      await api.alerts.noteMail(FIRST, START, { addressId, outcome });
    }
    const page = (query: Record<string, string>) => api.call({ path: `/v1/alerts/${FIRST}/firings`, query });
    const first = await page({ limit: '2' });
    expect(idsOf(first)).to.deep.equal([2, 1].map((minute) => `${FIRST}-${START + minute * MINUTE}`));
    const second = await page({ limit: '2', cursor: String(first.body.cursor) });
    expect(second.body).to.deep.equal({
      items: [
        {
          ...{ id: `${FIRST}-${START}`, action: 'checkout', field: 'count', comparison: 'below', threshold: 10 },
          bucket: {
            ...{ start: '2025-11-24T16:17:00.000Z', end: '2025-11-24T16:18:00.000Z', interval: 'minute' },
            closed: true,
          },
          ...{ value: 3, count: 3, asOf: '2025-11-24T16:18:30.000Z', late: false, notified: true },
          ...{ firedAt: '2025-11-24T16:19:05.000Z', recoveredAt: '2025-11-24T16:20:30.500Z' },
          mails: { sent: 2, capped: 1 },
        },
      ],
    });
    expectProblem(await page({ limit: '0' }), 'invalid-parameter');
  });
});
