import type { StoredEntry } from '@weir/dynamodb';
import type { Subscription } from '@weir/dynamodb/connections';
import { createMemoryConnectionsStore } from '@weir/dynamodb/connections/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { append, type CountedEvent, countingEntry } from '@weir/dynamodb/memory/counted';
import { expect } from 'chai';
import type { LiveRow } from '../live/live-row.ts';
import { MAX_FRAME_BYTES, type RowsFrame } from '../live/pack-rows.ts';
import type { PostOutcome } from '../live/post-frame.ts';
import { createPush } from './create-push.ts';

const NOW = Date.UTC(2025, 10, 24, 16, 20, 30);
const MINUTE = 60_000;
const LOGS = ['1764000000.0', '1764000000.1'];

interface Sent {
  readonly to: string;
  readonly frame: RowsFrame;
  readonly at: number;
}

/** A stage with an instance that pushes, and a clock that stands still while nobody waits. */
function openStage(limit = 100) {
  const clock = { now: NOW };
  const connections = createMemoryConnectionsStore();
  const metrics = new MemoryMetricsStore();
  const sent: Sent[] = [];
  const counted: string[] = [];
  const outcomes = new Map<string, PostOutcome>();
  const push = createPush({
    ...{ connections, counts: metrics, limit, now: () => clock.now },
    meter: { count: (name) => void counted.push(name), observe: () => undefined },
    post: async (to, frame) => {
      sent.push({ to, frame: frame as RowsFrame, at: clock.now });
      return outcomes.get(to) ?? 'sent';
    },
    wait: async (ms) => {
      clock.now += ms;
    },
  });
  const heads = new Map<string, number>();
  const count = async (logId: string, events: readonly CountedEvent[]): Promise<readonly StoredEntry[]> => {
    const number = (heads.get(logId) ?? -1) + 1;
    heads.set(logId, number);
    if (number === 0) await metrics.register(logId, []);
    await append(metrics, logId, countingEntry(number, events, clock.now));
    return metrics.readAfter(logId, number - 1);
  };
  const connect = async (id: string, ...subscriptions: readonly Partial<Subscription>[]) => {
    await connections.open({
      ...{ id, connectedAt: NOW, keyId: 'k', keyExpiresAt: NOW + 5 * MINUTE, actionPrefixes: undefined },
    });
    for (const [at, given] of subscriptions.entries()) {
      await connections.subscribe(id, { id: `s${at}`, actions: ['buy'], interval: 'minute', ...given });
    }
  };
  /** Counts events and has them pushed. */
  const happen = async (...events: readonly CountedEvent[]) => push(await count(LOGS[0] as string, events));
  const take = () => sent.splice(0);
  return { clock, connections, metrics, counted, outcomes, push, count, connect, happen, take };
}

const buy = (at = NOW, more: Partial<CountedEvent> = {}): CountedEvent => ({ action: 'buy', at, ...more });
const rowsOf = (sent: readonly Sent[]): readonly LiveRow[] =>
  sent.flatMap(({ frame: { rows, also = [] } }) => [...rows, ...also.flatMap((part) => part.rows)]);

describe('a push', () => {
  it('sends the whole row of a bucket to which an entry has added', async () => {
    const { connect, happen, take } = openStage();
    await connect('c1', {});
    await happen(buy(NOW, { value: 2 }), buy(NOW, { value: 4 }), { action: 'other', at: NOW });
    const row = { action: 'buy', start: '2025-11-24T16:20:00.000Z', count: 2, sum: 6, mean: 3, users: null, p95: null };
    expect(take().map(({ to, frame }) => [to, frame])).to.deep.equal([['c1', { type: 'rows', id: 's0', rows: [row] }]]);
  });

  it('counts what other logs have, and what came before anybody was connected', async () => {
    const { count, connect, happen, push, take } = openStage();
    await happen(buy());
    await count(LOGS[1] as string, [buy(), buy()]);
    await connect('c1', { interval: 'hour' });
    await happen(buy(NOW, { userId: 'v' }));
    expect(rowsOf(take())).to.deep.equal([
      { action: 'buy', start: '2025-11-24T16:00:00.000Z', count: 4, sum: 4, mean: 1, users: 2, p95: 1 },
    ]);
    await push([]);
    expect(take()).to.deep.equal([]);
  });

  it('says nothing of other actions, of buckets that nobody sees, and to clients that are not subscribed', async () => {
    const { connect, happen, take } = openStage();
    await connect('c1');
    await connect('c2', { actions: ['other'] });
    await connect('c3', {});
    await happen(buy(NOW - 60 * MINUTE), buy(NOW - 59 * MINUTE));
    const sent = take();
    expect(sent.map(({ to }) => to)).to.deep.equal(['c3']);
    expect(rowsOf(sent).map(({ start }) => start)).to.deep.equal(['2025-11-24T15:21:00.000Z']);
  });

  it('sends what happens now although an import comes with it', async () => {
    const { connect, happen, take } = openStage();
    await connect('c', { actions: ['buy', 'sell'] });
    const imported = Array.from({ length: 50_000 }, (_, ago) => buy(NOW - (ago + 60) * MINUTE));
    await happen(...imported, buy(), { action: 'sell', at: NOW });
    expect(rowsOf(take()).map(({ action }) => action)).to.deep.equal(['buy', 'sell']);
  });

  it('says nothing to a client whose key has expired', async () => {
    const { clock, connect, happen, take } = openStage();
    await connect('c1', {});
    clock.now += 5 * MINUTE;
    await happen(buy(clock.now));
    expect(take()).to.deep.equal([]);
  });

  it('knows of a subscription that is new, changed or gone when an entry comes', async () => {
    const { clock, connect, connections, happen, take } = openStage();
    await connect('c1', {});
    await happen(buy());
    await connections.subscribe('c1', { id: 's9', actions: ['buy'], interval: 'day' });
    await connections.unsubscribe('c1', 's0');
    clock.now += 1000;
    await happen(buy());
    expect(take().map(({ frame }) => [frame.id, frame.rows[0]?.count])).to.deep.equal([
      ['s0', 1],
      ['s9', 2],
    ]);
  });

  it('gives a client a frame a second, with the rows of all its subscriptions', async () => {
    const { connect, happen, take } = openStage();
    await connect('c1', {}, { interval: 'hour' }, { actions: ['other'] });
    await happen(buy());
    await happen(buy());
    const [first, second, ...more] = take();
    expect([first?.frame.id, first?.frame.also?.map(({ id }) => id)]).to.deep.equal(['s0', ['s1']]);
    expect((second?.at ?? 0) - (first?.at ?? 0)).to.equal(1000);
    expect(rowsOf(second ? [second] : []).map(({ count }) => count)).to.deep.equal([2, 2]);
    expect(more).to.deep.equal([]);
  });

  it('sends rows that wait as they are when they are sent', async () => {
    const { connect, happen, take } = openStage(1);
    for (const id of ['c1', 'c2', 'c3', 'c4']) await connect(id, {});
    await happen(buy());
    expect(take().map(({ to }) => to)).to.deep.equal(['c1', 'c2']);
    await happen(buy());
    expect(take().map(({ to, frame }) => [to, frame.rows[0]?.count])).to.deep.include(['c3', 2]);
  });

  it('keeps a frame below 32 KB, and sends the rest later', async () => {
    const { connect, happen, take } = openStage();
    const actions = Array.from({ length: 20 }, (_, at) => `${'long'.repeat(30)}${at}`);
    await connect('c1', { actions: actions.slice(0, 9) }, { actions: actions.slice(9) });
    const minutes = Array.from({ length: 12 }, (_, at) => NOW - at * MINUTE);
    await happen(...actions.flatMap((action) => minutes.map((at) => ({ action, at }))));
    const sent = take();
    expect(sent.length).to.be.above(1);
    for (const { frame } of sent) expect(JSON.stringify(frame).length).to.be.at.most(MAX_FRAME_BYTES);
    const keys = new Set(rowsOf(sent).map(({ action, start }) => `${action} ${start}`));
    expect([keys.size, rowsOf(sent).length]).to.deep.equal([240, 240]);
  });

  it('makes no more posts than the stage may within a second, evenly, and the first to wait is the first to get', async () => {
    const { connect, connections, counted, happen, push, take } = openStage(2);
    for (let client = 0; client < 9; client++) await connect(`c${client}`, {});
    await happen(buy());
    const sent = take();
    const seconds = Map.groupBy(sent, ({ at }) => Math.floor(at / 1000));
    for (const [second, posts] of seconds) {
      expect(posts.length).to.be.at.most(2);
      expect(await connections.takePosts({ second, wanted: 9, limit: 2 })).to.equal(0);
    }
    expect(sent.map(({ at }) => at - NOW)).to.deep.equal([0, 250, 1000, 1250]);
    expect(counted).to.deep.equal(['RowsWaiting']);
    while (sent.length < 9) {
      await push([]);
      sent.push(...take());
    }
    expect(sent.map(({ to }) => to)).to.deep.equal(Array.from({ length: 9 }, (_, at) => `c${at}`));
  });

  it('forgets a connection that is gone, and not one that drops a frame', async () => {
    const { clock, connect, connections, counted, happen, outcomes, take } = openStage();
    for (const id of ['c1', 'c2']) await connect(id, {}, { interval: 'hour' });
    outcomes.set('c1', 'gone').set('c2', 'dropped');
    await happen(buy());
    expect(take().map(({ to }) => to)).to.deep.equal(['c1', 'c2']);
    expect(counted).to.deep.equal(['FramesDropped']);
    expect((await connections.all()).map(({ id }) => id)).to.deep.equal(['c2']);
    outcomes.clear();
    clock.now += 1000;
    await happen(buy());
    expect(rowsOf(take()).map(({ count }) => count)).to.deep.equal([2, 2]);
  });

  it('sends later what it could not match because the connections could not be read', async () => {
    const { connect, connections, happen, push, take } = openStage();
    await connect('c1', {});
    const { all } = connections;
    connections.all = () => Promise.reject(new Error('no table'));
    const failed = await happen(buy()).catch((error: Error) => error.message);
    expect(failed).to.equal('no table');
    connections.all = all;
    await push([]);
    expect(rowsOf(take())).to.have.length(1);
  });

  it('reads nothing but the list while nobody is subscribed, and no rows of an action that nobody sends', async () => {
    const { connect, happen, metrics, take } = openStage();
    const asked: string[] = [];
    const { queryRows, list } = metrics;
    metrics.list = () => {
      asked.push('logs');
      return list.call(metrics);
    };
    metrics.queryRows = (range) => {
      asked.push(range.subject);
      return queryRows.call(metrics, range);
    };
    await connect('c1');
    await happen(buy());
    expect(asked).to.deep.equal([]);
    await connect('c2', { actions: ['buy', 'never'] });
    await happen(buy());
    expect(asked).to.deep.equal(['logs', 'buy']);
    take();
  });
});
