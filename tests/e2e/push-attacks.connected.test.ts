import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import { WebSocket } from 'ws';
import type { PushClient } from './push-door.ts';
import { useWeir } from './shared-weir.ts';

const SUBSCRIBE = { type: 'subscribe', id: 's', actions: ['a'], interval: 'minute' };
const actionsOf = (count: number) => Array.from({ length: count }, (_, at) => `action${at}`);

/** Each is answered with an error, and has no other effect. */
const BAD: readonly string[] = [
  ...['', 'null', '7', '"ping"', '[]', '{', '{}', '{"type":["ping"]}', '[{"type":"ping"}]', '\u0000'],
  ...['['.repeat(15_000) + ']'.repeat(15_000), '{"type":"$connect"}', '{"type":"$disconnect"}'],
  ...[
    { ...SUBSCRIBE, actions: actionsOf(1_000) },
    { ...SUBSCRIBE, actions: ['x'.repeat(10_000)] },
    { ...SUBSCRIBE, actions: ['a#b', '*'] },
    { ...SUBSCRIBE, actions: [['a']] },
    { ...SUBSCRIBE, id: 'x'.repeat(10_000) },
    { ...SUBSCRIBE, id: { length: 1 } },
    { ...SUBSCRIBE, interval: '__proto__' },
    { type: 'unsubscribe', id: '' },
  ].map((message) => JSON.stringify(message)),
];

describe('the live push, attacked', function () {
  this.timeout(60_000);
  const weir = useWeir();
  const open: PushClient[] = [];
  afterEach(() => {
    for (const { socket } of open.splice(0)) socket.terminate();
  });
  const connect = async (): Promise<PushClient> => {
    const client = await weir.doors.connectLive();
    open.push(client);
    return client;
  };

  it('says of each bad message that it is bad, and serves the same client', async () => {
    const client = await connect();
    for (const text of BAD) client.socket.send(text);
    await client.until(() => client.heard.length >= BAD.length);
    expect(new Set(client.heard.map(({ type, code }) => `${type} ${code}`))).to.deep.equal(
      new Set(['error bad-request']),
    );
    await client.subscribe('__proto__', ['__proto__', 'constructor', '-'.repeat(128)], 'day');
    expect(client.heard.at(-1)).to.include({ type: 'snapshot', id: '__proto__', last: true });
    expect(client.heard).to.have.length(BAD.length + 1);
  });

  it('keeps a connection to its subscriptions, also if it asks for many at the same time', async () => {
    const client = await connect();
    const ids = actionsOf(60);
    for (const id of ids) client.say({ ...SUBSCRIBE, id });
    await client.until(() => client.heard.length >= ids.length);
    const kept = client.heard.filter(({ type }) => type === 'snapshot');
    expect(kept.length).to.be.at.most(20);
    expect(client.heard.filter(({ code }) => code === 'too-many')).to.have.length(ids.length - kept.length);
  });

  it('ends a connection that sends bytes, large frames, or no frames at all, and no other', async () => {
    const other = await connect();
    const attacks: readonly ((client: PushClient) => void)[] = [
      ({ socket }) => socket.send(Buffer.from('{"type":"ping"}')),
      ({ socket }) => socket.send('x'.repeat(32 * 1024 + 1)),
      ({ socket }) => (socket as unknown as { _socket: Socket })._socket.write(Buffer.alloc(64, 0xff)),
    ];
    for (const attack of attacks) {
      const client = await connect();
      attack(client);
      expect(await client.closed).to.be.a('number');
    }
    other.say({ type: 'ping' });
    await other.untilHeard('pong');
  });

  it('takes a key from the protocols alone', async () => {
    const { key, pushUrl } = weir.doors;
    const headers = { authorization: `Bearer ${key}`, 'x-api-key': key };
    const socket = new WebSocket(`${pushUrl}?key=${key}&token=${key}`, ['weir.v1'], { headers }).on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    expect(response.statusCode).to.equal(401);
  });
});
