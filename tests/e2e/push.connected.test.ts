import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { eventText } from './bad-records.ts';
import type { PushClient } from './push-door.ts';
import { useWeir } from './shared-weir.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
/** More of them with, for example, WEIR_PUSH_CLIENTS=500. */
const CLIENTS = Number(process.env.WEIR_PUSH_CLIENTS ?? 60);
const MINUTE_MS = 60_000;

describe('the live push', function () {
  this.timeout(180_000);
  const weir = useWeir();
  const open: PushClient[] = [];
  afterEach(() => {
    for (const { socket } of open.splice(0)) socket.terminate();
  });

  const connect = async (key?: string): Promise<PushClient> => {
    const client = await weir.doors.connectLive(key);
    open.push(client);
    return client;
  };
  const send = async (action: string, count = 1) => {
    const events = Array.from({ length: count }, () => eventText(action, {}));
    expect((await weir.doors.post(`{"events":[${events}]}`)).status).to.equal(202);
  };
  const makeKey = async (limits: object, maker = weir.doors.key): Promise<{ id: string; key: string }> => {
    const body = JSON.stringify({ name: 'push', scopes: ['metrics:read'], ...limits });
    const headers = { ...JSON_TYPE, authorization: `Bearer ${maker}` };
    const { body: made } = await weir.doors.call('/keys', { method: 'POST', headers, body });
    return made;
  };

  it('sends what was counted before, and then each row as it changes', async () => {
    await send('push.first', 2);
    await weir.doors.settle();
    const client = await connect();
    expect(client.socket.protocol).to.equal('weir.v1');
    await client.subscribe('all', ['push.first', 'push.second'], 'day');
    expect(client.count('all')).to.equal(2);
    await send('push.first');
    await send('push.second', 3);
    await client.untilCount('all', 6);
    const [row] = client.heard.flatMap(({ rows = [] }) => rows);
    expect(row).to.have.all.keys('action', 'start', 'count', 'sum', 'mean', 'users', 'p95');
    client.say({ type: 'unsubscribe', id: 'all' });
    await sleep(1_000);
    const heard = client.heard.length;
    await send('push.first');
    await weir.doors.settle();
    expect(client.heard).to.have.length(heard);
  });

  it('answers a ping without a function, and what is wrong', async () => {
    const client = await connect();
    client.say({ type: 'ping' });
    await client.untilHeard('pong');
    client.say({ type: 'subscribe', id: 'x', actions: [], interval: 'minute' });
    await client.untilHeard('error');
    expect(client.heard.at(-1)).to.deep.equal({ type: 'error', id: 'x', code: 'bad-request' });
  });

  it('refuses clients without a good key', async () => {
    const { key } = await makeKey({ scopes: ['events:write'] });
    expect(await weir.doors.refusalOf('weir.v1')).to.equal(401);
    expect(await weir.doors.refusalOf('weir.v1', 'weir.key.another')).to.equal(401);
    expect(await weir.doors.refusalOf('weir.v1', `weir.key.${key}`)).to.equal(403);
    expect(await weir.doors.refusalOf(`weir.key.${weir.doors.key}`)).to.equal(400);
  });

  it('keeps a key to its prefixes, and closes its connections within a minute after its removal', async () => {
    const maker = await makeKey({ scopes: ['keys:write', 'metrics:read'] });
    const { id, key } = await makeKey({ actionPrefixes: ['push.own.'] }, maker.key);
    const client = await connect(key);
    await client.subscribe('own', ['push.own.a']);
    await client.subscribe('other', ['push.own.a', 'push.other']);
    expect(client.heard.at(-1)).to.deep.equal({ type: 'error', id: 'other', code: 'forbidden' });
    await weir.doors.call(`/keys/${id}`, { method: 'DELETE' });
    const removedAt = performance.now();
    expect(await client.closed).to.be.a('number');
    expect(performance.now() - removedAt).to.be.below(MINUTE_MS + 5_000);
  });

  it('reaches all clients, and one that stops reading keeps nobody back', async () => {
    const clients: PushClient[] = [];
    while (clients.length < CLIENTS) clients.push(...(await Promise.all(Array.from({ length: 20 }, () => connect()))));
    await Promise.all(clients.map((client) => client.subscribe('many', ['push.many'])));
    const [stopped, ...others] = clients as [PushClient, ...PushClient[]];
    stopped.socket.pause();
    for (let round = 0; round < 5; round++, await sleep(500)) await send('push.many', 4);
    await Promise.all(others.map((client) => client.untilCount('many', 20)));
    stopped.socket.resume();
    await stopped.untilCount('many', 20);
  });
});
