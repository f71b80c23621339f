import { expect } from 'chai';
import { createSandbox, type SinonFakeTimers } from 'sinon';
import { ProblemError } from '../calls/call-errors.ts';
import { rowOf } from '../testing/fake-push.ts';
import { type FakeSocket, fakeSockets } from '../testing/fake-socket.ts';
import { LiveConnection } from './live-connection.ts';
import { LiveError } from './live-error.ts';
import { RowInbox } from './row-inbox.ts';

const QUERY = { actions: ['a'], interval: 'minute' } as const;
const MINUTE_MS = 60_000;
const refusal = (status: number) =>
  new ProblemError({ status, requestId: undefined, retryAfterMs: undefined, problem: undefined });

describe('the connection of live rows', () => {
  const sandbox = createSandbox();
  let clock: SinonFakeTimers;
  let sockets: FakeSocket[];
  let connection: LiveConnection;
  let tryKey: () => Promise<unknown>;

  beforeEach(() => {
    clock = sandbox.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const fake = fakeSockets();
    sockets = fake.sockets;
    tryKey = async () => {};
    const deps = { url: 'wss://push.example', key: 'weir_k', webSocket: fake.webSocket, random: () => 1 };
    connection = new LiveConnection({ ...deps, tryKey: () => tryKey() });
  });

  afterEach(() => sandbox.restore());

  const last = () => sockets.at(-1) as FakeSocket;
  /** Subscribes, opens the socket if this is a new one, and answers with a snapshot that is empty. */
  function subscribe() {
    const [inbox, before] = [new RowInbox(), sockets.length];
    const end = connection.subscribe(QUERY, inbox);
    if (sockets.length > before) last().open();
    last().hear({ type: 'snapshot', id: last().sent.at(-1)?.id, rows: [], last: true });
    return { inbox, end };
  }

  it('offers the key, and asks for rows when it is open', () => {
    connection.subscribe(QUERY, new RowInbox());
    expect(last()).to.deep.include({ url: 'wss://push.example', protocols: ['weir.v1', 'weir.key.weir_k'], sent: [] });
    last().open();
    expect(last().sent).to.deep.equal([{ type: 'subscribe', id: '1', ...QUERY }]);
  });

  it('is one for all who read, and is closed when the last one leaves', () => {
    const [first, second] = [subscribe(), subscribe()];
    expect(sockets).to.have.length(1);
    expect(last().sent.map(({ id }) => id)).to.deep.equal(['1', '2']);
    first.end();
    expect(last().sent.at(-1)).to.deep.equal({ type: 'unsubscribe', id: '1' });
    second.end();
    expect(last().isClosed).to.equal(true);
    expect(clock.countTimers()).to.equal(0);
  });

  it('gives rows to the subscription that they name', async () => {
    const { inbox } = subscribe();
    last().hear({ type: 'rows', id: '7', rows: [rowOf('a', 9)] });
    last().hear({ type: 'of a later version' });
    last().hear({ type: 'rows', id: '1', rows: [rowOf('a', 2)] });
    expect(await inbox.next()).to.include({ count: 2 });
    last().hear({ type: 'rows', id: '7', rows: [rowOf('a', 9)], also: [{ id: '1', rows: [rowOf('a', 3)] }] });
    expect(await inbox.next()).to.include({ count: 3 });
  });

  it('comes back after growing waits, and asks again', () => {
    subscribe();
    const waits = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000];
    for (const [at, wait] of waits.entries()) {
      last().close();
      clock.tick(wait - 1);
      expect(sockets).to.have.length(at + 1);
      clock.tick(1);
      expect(sockets).to.have.length(at + 2);
    }
    last().open();
    expect(last().sent).to.deep.equal([{ type: 'subscribe', id: '1', ...QUERY }]);
    last().hear({ type: 'snapshot', id: '1', rows: [] });
    last().close();
    clock.tick(500);
    expect(sockets).to.have.length(waits.length + 2);
  });

  it('pings each five minutes, and leaves a connection that does not answer', () => {
    subscribe();
    clock.tick(5 * MINUTE_MS);
    expect(last().sent.at(-1)).to.deep.equal({ type: 'ping' });
    last().hear({ type: 'pong' });
    clock.tick(5 * MINUTE_MS);
    expect(sockets).to.have.length(1);
    clock.tick(15_000);
    expect(last().isClosed).to.equal(true);
    clock.tick(500);
    expect(sockets).to.have.length(2);
  });

  it('asks for a snapshot again until it is whole', () => {
    connection.subscribe(QUERY, new RowInbox());
    last().open();
    const asked = () => last().sent.filter(({ type }) => type === 'subscribe').length;
    last().hear({ type: 'snapshot', id: '1', rows: [rowOf('a', 1)] });
    clock.tick(15_000);
    expect(asked()).to.equal(1);
    clock.tick(15_000);
    expect(asked()).to.equal(2);
    last().hear({ type: 'snapshot', id: '1', rows: [], last: true });
    clock.tick(MINUTE_MS);
    expect(asked()).to.equal(2);
  });

  it('leaves a handshake that is not answered', () => {
    connection.subscribe(QUERY, new RowInbox());
    clock.tick(20_000);
    expect(last().isClosed).to.equal(true);
    clock.tick(500);
    expect(sockets).to.have.length(2);
  });

  it('is replaced before two hours, at once, and takes nothing more from the old socket', async () => {
    const { inbox } = subscribe();
    const old = last();
    for (let minutes = 5; minutes <= 85; minutes += 5) {
      clock.tick(5 * MINUTE_MS);
      last().hear({ type: 'pong' });
    }
    expect(sockets).to.have.length(1);
    clock.tick(3 * MINUTE_MS);
    expect(sockets).to.have.length(2);
    expect(old.isClosed).to.equal(true);
    last().open();
    old.hear({ type: 'rows', id: '1', rows: [rowOf('a', 1)] });
    last().hear({ type: 'rows', id: '1', rows: [rowOf('a', 2)] });
    expect(await inbox.next()).to.include({ count: 2 });
    last().hear({ type: 'rows', id: '7', rows: [rowOf('a', 9)], also: [{ id: '1', rows: [rowOf('a', 3)] }] });
    expect(await inbox.next()).to.include({ count: 3 });
  });

  it('fails the subscription that Weir refuses, and no other', async () => {
    const [first, second] = [subscribe(), subscribe()];
    last().hear({ type: 'error', id: '1', code: 'forbidden' });
    const error = await first.inbox.next().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(LiveError).and.include({ code: 'forbidden' });
    last().hear({ type: 'rows', id: '2', rows: [rowOf('a', 1)] });
    expect(await second.inbox.next()).to.include({ count: 1 });
    last().hear({ type: 'error', code: 'too-many' });
    expect(await second.inbox.next().catch((thrown: unknown) => thrown)).to.include({ code: 'too-many' });
  });

  it('asks the API why it cannot connect, and fails if the key is refused', async () => {
    tryKey = async () => {
      throw refusal(401);
    };
    const inbox = new RowInbox();
    connection.subscribe(QUERY, inbox);
    last().close();
    expect(await inbox.next().catch((thrown: unknown) => thrown)).to.include({ status: 401 });
  });

  it('goes on trying if the API is away too, or answers', async () => {
    for (const error of [refusal(503), new Error('offline'), undefined]) {
      tryKey = async () => {
        if (error) throw error;
      };
      const inbox = new RowInbox();
      const end = connection.subscribe(QUERY, inbox);
      last().close();
      await Promise.resolve();
      clock.tick(500);
      last().open();
      last().hear({ type: 'rows', id: last().sent[0]?.id, rows: [rowOf('a', 1)] });
      expect(await inbox.next()).to.include({ count: 1 });
      end();
    }
  });
});
