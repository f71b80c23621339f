import { createMemoryConnectionsStore } from '@weir/dynamodb/connections/memory';
import { createMemoryKeysStore } from '@weir/dynamodb/keys/memory';
import { silentMeter } from '@weir/logging';
import { expect } from 'chai';
import { closeEnded } from './close-ended.ts';

const NOW = 1_796_000_000_000;
const HOUR = 3_600_000;

function openStage() {
  const connections = createMemoryConnectionsStore();
  const keys = createMemoryKeysStore();
  const clock = { now: NOW };
  const ended: string[] = [];
  const counted: unknown[] = [];
  let during = async () => {};
  const deps = {
    ...{ connections, keys, now: () => clock.now },
    meter: { ...silentMeter, count: (...counts: unknown[]) => void counted.push(counts) },
    disconnect: async (id: string) => void ended.push(id),
    wait: async (ms: number) => {
      clock.now += ms;
      await during();
    },
  };
  const addKey = (id: string, makers: readonly string[] = []) =>
    keys.add({ id, hash: id, name: id, scopes: [], createdAt: 1, createdBy: 'bootstrap', makers });
  const open = (id: string, keyId: string, more: { keyExpiresAt?: number; connectedAt?: number } = {}) =>
    connections.open({ id, keyId, connectedAt: NOW, keyExpiresAt: undefined, actionPrefixes: undefined, ...more });
  const left = async () => (await connections.all()).map(({ id }) => id);
  const meanwhile = (work: () => Promise<unknown>) => {
    during = async () => void (await work());
  };
  return { deps, keys, connections, clock, ended, counted, addKey, open, left, meanwhile };
}

describe('connections whose key has ended', () => {
  it('are closed: the key was removed, or one of its makers, or it has expired, or nobody knows it', async () => {
    const { deps, keys, ended, addKey, open, left } = openStage();
    for (const id of ['good', 'removed', 'maker']) await addKey(id);
    await addKey('made', ['maker']);
    for (const id of ['good', 'removed', 'made', 'unknown', 'bootstrap']) await open(`of-${id}`, id);
    await open('expired', 'good', { keyExpiresAt: NOW });
    await open('expires', 'good', { keyExpiresAt: NOW + HOUR });
    await keys.remove('removed', { at: 1, by: 'bootstrap' });
    await keys.removeTree('maker', { at: 1, by: 'bootstrap' });
    await closeEnded(deps);
    expect(ended.sort()).to.deep.equal(['expired', 'of-made', 'of-removed', 'of-unknown']);
    expect(await left()).to.deep.equal(['expires', 'of-bootstrap', 'of-good']);
  });

  it('are closed within half a minute', async () => {
    const { deps, keys, clock, ended, addKey, open, meanwhile } = openStage();
    await addKey('k');
    await open('c1', 'k');
    meanwhile(() => keys.remove('k', { at: 1, by: 'bootstrap' }));
    await closeEnded(deps);
    expect([ended, clock.now - NOW]).to.deep.equal([['c1'], 30_000]);
  });

  it('stay known until API Gateway has closed them', async () => {
    const { deps, open, left } = openStage();
    await open('c1', 'unknown');
    const failing = { ...deps, disconnect: () => Promise.reject(new Error('no')) };
    expect(await closeEnded(failing).catch((error: Error) => error.message)).to.equal(
      'connections that could not be closed: 1',
    );
    expect(await left()).to.deep.equal(['c1']);
  });

  it('are all closed but those that API Gateway refuses to close, which are tried again', async () => {
    const { deps, clock, open, left } = openStage();
    for (let index = 0; index < 40; index++) await open(`c${index}`, 'unknown');
    let refused = 20;
    const throttled = { ...deps, disconnect: async () => void (refused-- > 0 && (await Promise.reject(new Error()))) };
    const leftMeanwhile: number[] = [];
    const wait = async (ms: number) => {
      leftMeanwhile.push((await left()).length);
      clock.now += ms;
    };
    await closeEnded({ ...throttled, wait });
    expect([leftMeanwhile, await left()]).to.deep.equal([[20], []]);
  });

  it('are looked for once where nobody is connected', async () => {
    const { deps, clock } = openStage();
    await closeEnded(deps);
    expect(clock.now).to.equal(NOW);
  });

  it('are counted if they ended two hours ago and nobody said so', async () => {
    const { deps, counted, ended, open } = openStage();
    await open('old', 'bootstrap', { connectedAt: NOW - 2 * HOUR - 600_000 });
    await open('young', 'bootstrap', { connectedAt: NOW - 2 * HOUR });
    await closeEnded(deps);
    expect([ended, counted]).to.deep.equal([['old'], [['StaleConnections', 1]]]);
  });
});
