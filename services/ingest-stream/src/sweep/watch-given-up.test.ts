import { MemoryObjectStore } from '@weir/archive/memory';
import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import { GivenUpWatch } from './watch-given-up.ts';

const NOON = Date.UTC(2026, 0, 10, 12);
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('GivenUpWatch', () => {
  it('counts what was given up within a day, by its name, as an erasure writes objects again', async () => {
    const { watch, values, store } = createRoom();
    await store.put(keyAt('2026-01-09T12.00.01'), new Uint8Array());
    await store.put(keyAt('2026-01-09T11.59.59'), new Uint8Array());
    await store.put('aws/lambda/no-batch', new Uint8Array());
    await store.put('events/dt=2026-01-10/hour=11/x', new Uint8Array());
    await watch.look();
    expect(values).to.deep.equal([2]);
  });

  it('sends nothing when it finds nothing', async () => {
    const { watch, values, store } = createRoom();
    await store.put(keyAt('2026-01-01T00.00.00'), new Uint8Array());
    await watch.look();
    expect(values).to.deep.equal([]);
  });

  it('looks each quarter of an hour, and at once after a look that failed', async () => {
    const room = createRoom();
    room.isDown = true;
    await room.watch.look();
    expect(room.lists()).to.equal(1);
    room.isDown = false;
    for (const minute of [1, 2, 15, 16, 17]) {
      room.at = NOON + minute * MINUTE_MS;
      await room.watch.look();
    }
    expect(room.lists()).to.equal(3);
  });

  it('tells at each look until a day has passed', async () => {
    const room = createRoom();
    await room.store.put(keyAt('2026-01-10T12.00.00'), new Uint8Array());
    for (const hour of [0, 23, 25]) {
      room.at = NOON + hour * HOUR_MS;
      await room.watch.look();
    }
    expect(room.values).to.deep.equal([1, 1]);
  });
});

function keyAt(time: string): string {
  return `aws/lambda/mapping/shardId-000000000000/${time.slice(0, 10).replaceAll('-', '/')}/${time}-id`;
}

function createRoom() {
  let lists = 0;
  const values: number[] = [];
  const room = { at: NOON, isDown: false, values, lists: () => lists };
  const store = new MemoryObjectStore(() => room.at);
  const objects = {
    list: (prefix: string) => {
      lists++;
      if (room.isDown) throw new Error('the bucket refuses');
      return store.list(prefix);
    },
  };
  const meter = {
    count: () => undefined,
    observe: (_name: string, _unit: string, value: number) => void values.push(value),
  };
  return Object.assign(room, {
    store,
    watch: new GivenUpWatch({ objects, now: () => room.at, log: silentLog, meter }),
  });
}
