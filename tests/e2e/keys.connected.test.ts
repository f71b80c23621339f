import { expect } from 'chai';
import type { Answer } from './api-door.ts';
import { eventText } from './bad-records.ts';
import { useWeir } from './shared-weir.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('keys of the API', function () {
  this.timeout(60_000);
  const weir = useWeir();

  afterEach(() => weir.doors.control('DELETE', 'faults'));

  const as = (key: string, path: string, init: RequestInit = {}): Promise<Answer> =>
    weir.doors.call(path, { ...init, headers: { ...(init.headers as object), authorization: `Bearer ${key}` } });
  const make = async (body: object): Promise<{ id: string; key: string }> => {
    const init = { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ name: 'e2e', ...body }) };
    const answer = await weir.doors.call('/keys', init);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return answer.body;
  };
  const expectRefusal = (answer: Answer, status: number, type: string) => {
    expect(answer, JSON.stringify(answer)).to.include({ status, contentType: 'application/problem+json' });
    expect(answer.body).to.include({ type: `urn:weir:problem:${type}`, status });
  };

  it('are made, limited, used and removed', async () => {
    const { id, key } = await make({ scopes: ['events:write', 'metrics:read'], actionPrefixes: ['keys.own.'] });
    const body = `{"events":[${eventText('keys.own.a', { id: '"k-1"' })},${eventText('keys.other', {})}]}`;
    const sent = await as(key, '/events', { method: 'POST', headers: JSON_TYPE, body });
    expect(sent.status).to.equal(202);
    expect(sent.body).to.deep.include({ accepted: 1 });
    expect(sent.body.rejected[0]).to.include({ index: 1, pointer: '/events/1/action', reason: 'action-not-allowed' });
    await weir.doors.settle();
    expect((await as(key, '/metrics/keys.own.a')).body.total.count).to.equal(1);
    const { body: seen } = await as(key, '/actions');
    expect(seen.items.map(({ action }: { action: string }) => action)).to.deep.equal(['keys.own.a']);
    expectRefusal(await as(key, '/metrics/keys.other'), 403, 'forbidden');
    expectRefusal(await as(key, '/keys'), 403, 'forbidden');
    expect((await weir.doors.call(`/keys/${id}`, { method: 'DELETE' })).status).to.equal(204);
    expectRefusal(await as(key, '/actions'), 401, 'unauthorized');
    const { body: list } = await weir.doors.call('/keys?status=removed');
    const record = list.items.find((item: { id: string }) => item.id === id);
    expect(record).to.include({ status: 'removed', createdBy: 'bootstrap', removedBy: 'bootstrap' });
    expect(JSON.stringify(list)).to.not.include(key);
  });

  it('for one action cannot stop the counting of an event of another action by using its id first', async () => {
    const actions = ['keys.first.a', 'keys.second.a'];
    const keys = await Promise.all(
      actions.map((action) => make({ scopes: ['events:write'], actionPrefixes: [action.slice(0, -1)] })),
    );
    // The second key sends its events twice: within their action they are duplicates.
    for (const i of [0, 1, 1]) {
      const events = ['order-1', 'order-2'].map((id) => eventText(actions[i] ?? '', { id: `"${id}"` }));
      const body = `{"events":[${events}]}`;
      const sent = await as(keys[i]?.key ?? '', '/events', { method: 'POST', headers: JSON_TYPE, body });
      expect(sent.body).to.deep.equal({ accepted: 2, rejected: [] });
    }
    await weir.doors.settle();
    for (const action of actions) expect(await weir.doors.count(action), action).to.equal(2);
  });

  it('are removed with all keys that they made, also through other keys', async () => {
    const all = { scopes: ['keys:read', 'keys:write', 'metrics:read'] };
    const root = await make(all);
    const madeBy = async (key: string): Promise<{ id: string; key: string }> => {
      const body = JSON.stringify({ name: 'e2e', ...all });
      return (await as(key, '/keys', { method: 'POST', headers: JSON_TYPE, body })).body;
    };
    const child = await madeBy(root.key);
    const grandchild = await madeBy(child.key);
    expect((await as(grandchild.key, '/actions')).status).to.equal(200);
    const removed = await as(grandchild.key, `/keys/${root.id}?descendants=true`, { method: 'DELETE' });
    expect(removed.status).to.equal(204);
    for (const { key } of [root, child, grandchild]) expectRefusal(await as(key, '/actions'), 401, 'unauthorized');
    const { body: list } = await weir.doors.call('/keys?status=removed&limit=1000');
    const record = list.items.find((item: { id: string }) => item.id === grandchild.id);
    expect(record).to.include({ createdBy: child.id, removedBy: grandchild.id, removedWith: root.id });
    expectRefusal(
      await weir.doors.call(`/keys/${root.id}?descendant=true`, { method: 'DELETE' }),
      400,
      'invalid-parameter',
    );
  });

  const headers: [what: string, headers: Record<string, string>][] = [
    ['an empty header', { authorization: '' }],
    ['a key without its scheme', { authorization: 'nobody' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['an unknown key', { authorization: 'Bearer nobody' }],
    ['a key that was never made', { authorization: `Bearer weir_${'A'.repeat(43)}F6b2Kd` }],
    ['a word of the emulator', { authorization: 'Bearer x', 'sls-offline-authorizer-override': '{"keyId":"x"}' }],
  ];
  for (const [what, given] of headers) {
    it(`refuse ${what}`, async () => {
      const answer = await weir.doors.call('/actions', { headers: given });
      expectRefusal(answer, 401, 'unauthorized');
      expect(answer.body.detail).to.include('header').and.include('Authorization: Bearer <key>');
    });
  }

  it('cannot be checked while their table is down, and the answer is then no 401', async () => {
    const { key } = await make({ scopes: ['metrics:read'] });
    await weir.doors.control('POST', 'faults', { match: { service: 'dynamodb' }, kind: 'error' });
    expectRefusal(await as(key, '/actions'), 503, 'unavailable');
    await weir.doors.control('DELETE', 'faults');
    expect((await as(key, '/actions')).status).to.equal(200);
  });
});
