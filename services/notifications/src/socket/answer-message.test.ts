import { MAX_SUBSCRIPTIONS } from '@weir/dynamodb/connections';
import { createMemoryConnectionsStore } from '@weir/dynamodb/connections/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { append, countingEntry } from '@weir/dynamodb/memory/counted';
import { expect } from 'chai';
import type { RowsFrame } from '../live/pack-rows.ts';
import type { PostOutcome } from '../live/post-frame.ts';
import { answerMessage } from './answer-message.ts';

const NOW = Date.UTC(2025, 10, 24, 16, 20, 30);
const MINUTE = 60_000;
const SUBSCRIBE = { type: 'subscribe', id: 's1', actions: ['shop.buy', 'shop.view'], interval: 'minute' };

/** A client that is connected, with a key that is limited to `shop.`. */
async function openClient(outcome: PostOutcome = 'sent') {
  const connections = createMemoryConnectionsStore();
  const counts = new MemoryMetricsStore();
  await counts.register('1764000000.0', []);
  const key = { keyId: 'k', keyExpiresAt: NOW + 1, actionPrefixes: ['shop.'] };
  await connections.open({ id: 'c1', connectedAt: NOW, ...key });
  const heard: object[] = [];
  const clock = { now: NOW };
  const post = async (_to: string, message: object) => {
    heard.push(message);
    return outcome;
  };
  const deps = { connections, counts, post, now: () => clock.now };
  const say = async (message: object) => {
    await answerMessage(deps, { connectionId: 'c1', text: JSON.stringify(message) });
    return heard.splice(0);
  };
  const count = (action: string, ...times: readonly number[]) => {
    const events = times.map((at) => ({ action, at }));
    return append(counts, '1764000000.0', countingEntry(0, events, NOW));
  };
  return { connections, clock, say, count };
}

describe('a client’s message', () => {
  it('is answered with the rows of the buckets that clients see', async () => {
    const { connections, say, count } = await openClient();
    await count('shop.buy', NOW, NOW, NOW - 59 * MINUTE, NOW - 60 * MINUTE);
    const [frame, ...more] = (await say(SUBSCRIBE)) as RowsFrame[];
    expect(frame).to.deep.include({ type: 'snapshot', id: 's1', last: true });
    expect(frame?.rows.map(({ action, start, count: counted }) => [action, start, counted])).to.deep.equal([
      ['shop.buy', '2025-11-24T15:21:00.000Z', 1],
      ['shop.buy', '2025-11-24T16:20:00.000Z', 2],
    ]);
    expect(more).to.deep.equal([]);
    expect(await connections.subscriptions('c1')).to.have.length(1);
  });

  it('is answered with the end of a snapshot also where nothing was counted', async () => {
    const { say } = await openClient();
    expect(await say({ ...SUBSCRIBE, interval: 'day' })).to.deep.equal([
      { type: 'snapshot', id: 's1', rows: [], last: true },
    ]);
  });

  it('may repeat a subscription, and end it', async () => {
    const { connections, say } = await openClient();
    await say(SUBSCRIBE);
    expect(await say({ ...SUBSCRIBE, actions: ['shop.view'] })).to.have.length(1);
    expect(await connections.subscriptions('c1')).to.have.length(1);
    expect(await say({ type: 'unsubscribe', id: 's1' })).to.deep.equal([]);
    expect(await connections.subscriptions('c1')).to.deep.equal([]);
  });

  it('is refused where it is bad, and a ping is answered', async () => {
    const { say } = await openClient();
    expect(await say({ ...SUBSCRIBE, interval: 'week' })).to.deep.equal([
      { type: 'error', id: 's1', code: 'bad-request' },
    ]);
    expect(await say({})).to.deep.equal([{ type: 'error', code: 'bad-request' }]);
    expect(await say({ type: 'ping' })).to.deep.equal([{ type: 'pong' }]);
  });

  it('is refused for actions that its key may not use, and after the key has expired', async () => {
    const { connections, clock, say } = await openClient();
    const forbidden = [{ type: 'error', id: 's1', code: 'forbidden' }];
    for (const action of ['blog', '__other__', 'shop']) {
      expect(await say({ ...SUBSCRIBE, actions: ['shop.buy', action] }), action).to.deep.equal(forbidden);
    }
    clock.now += 1;
    expect(await say(SUBSCRIBE)).to.deep.equal(forbidden);
    expect(await connections.subscriptions('c1')).to.deep.equal([]);
  });

  it('is refused for one subscription too many', async () => {
    const { say } = await openClient();
    for (let at = 0; at < MAX_SUBSCRIPTIONS; at++) await say({ ...SUBSCRIBE, id: `n${at}` });
    expect(await say(SUBSCRIBE)).to.deep.equal([{ type: 'error', id: 's1', code: 'too-many' }]);
  });

  it('is not answered after the connection was closed', async () => {
    const { connections, say } = await openClient();
    await connections.close('c1');
    expect(await say(SUBSCRIBE)).to.deep.equal([]);
  });

  it('gets no further frame of a snapshot when one was not taken', async () => {
    const { say, count } = await openClient('dropped');
    const actions = Array.from({ length: 20 }, (_, at) => `shop.${'x'.repeat(100)}${at}`);
    await count(actions[0] as string, ...Array.from({ length: 60 }, (_, at) => NOW - at * MINUTE));
    expect(await say({ ...SUBSCRIBE, actions, interval: 'minute' })).to.have.length(1);
  });
});
