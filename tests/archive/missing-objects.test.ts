import { MemoryObjectStore } from '@weir/archive/memory';
import {
  type ArchivePiece,
  createArchiveReader,
  DamagedArchiveObject,
  MissingArchiveObject,
} from '@weir/archive/reading';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { Random } from '@weir/ingest-stream/src/model/random.ts';
import { LOG_ID } from '@weir/ingest-stream/src/testing/consumer-fixture.ts';
import { expect } from 'chai';
import { ArchiveWorld } from './archive-world.ts';

/** A world with some hours in objects of their own, and some small objects. */
async function createWorld() {
  const world = new ArchiveWorld(new Random(3));
  for (let i = 0; i < 12; i++) await world.consume();
  await world.sweep();
  for (let i = 0; i < 4; i++) await world.consume();
  const reader = world.reader();
  const pieces: ArchivePiece[] = [];
  for (const head of await reader.readHeads()) {
    for await (const piece of reader.listPieces({ head, fromHour: 0 })) pieces.push(piece);
  }
  return { world, objects: world.fixture.objects.objects, pieces };
}

async function read(world: ArchiveWorld, piece: ArchivePiece | undefined): Promise<unknown> {
  try {
    if (piece) for await (const _ of world.reader().readLines(piece));
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('objects of the archive that are lost or damaged', () => {
  it('are named with their log and entries if a run or an entry still names them', async () => {
    const { world, objects, pieces } = await createWorld();
    const small = pieces.at(-1);
    for (const [piece, key, first, last] of [
      [pieces[0], pieces[0]?.keys[0], pieces[0]?.first, pieces[0]?.last],
      [small, small?.keys.at(-1), small?.last, small?.last],
    ] as const) {
      objects.delete(key ?? '');
      const error = await read(world, piece);
      expect(error).to.be.instanceOf(MissingArchiveObject).and.include({ key, logId: LOG_ID });
      expect((error as MissingArchiveObject).entries).to.deep.equal({ first, last });
    }
  });

  it('are listed, though they have no bytes', async () => {
    const { world, objects, pieces } = await createWorld();
    objects.delete(pieces[0]?.keys[0] ?? '');
    const [head] = await world.reader().readHeads();
    if (!head) throw new Error('there is no log');
    for await (const piece of world.reader().listPieces({ head, fromHour: 0 })) {
      expect(piece).to.deep.equal({ ...pieces[0], bytes: 0 });
      break;
    }
  });

  it('are not looked for where a sweep or an erasure has put others in their place', async () => {
    const { world, pieces } = await createWorld();
    await world.erase();
    for (let i = 0; i < 5; i++) await world.sweep();
    for (let i = 0; i < 8; i++) await world.erase();
    for (const piece of pieces) expect(await read(world, piece)).to.equal(undefined);
  });

  it('are looked for by queries: workers and audits have no right to get an item of the table', async () => {
    const { world, pieces } = await createWorld();
    for (let i = 0; i < 5; i++) await world.sweep();
    const calls: string[] = [];
    const store = new MemoryMetricsStore(async (call) => void calls.push(call), world.fixture.store.items);
    const reader = createArchiveReader({ store, objects: world.fixture.objects });
    for (const piece of pieces) for await (const _ of reader.readLines(piece));
    expect(new Set(calls)).to.deep.equal(new Set(['newestRuns']));
  });

  for (const cut of [0, 40]) {
    it(`are named if their bytes cannot be decompressed (${cut} bytes are left)`, async () => {
      const { world, objects, pieces } = await createWorld();
      for (const piece of [pieces[0], pieces.at(-1)]) {
        const key = piece?.keys[0] ?? '';
        const found = objects.get(key);
        objects.set(key, { bytes: found?.bytes.slice(0, cut) ?? new Uint8Array(), lastModified: 0 });
        const error = await read(world, piece);
        expect(error).to.be.instanceOf(DamagedArchiveObject).and.include({ key, line: undefined });
      }
    });
  }
});

describe('requests of reading the archive', () => {
  it('are one GET an object, and one LIST a day of hours or an hour of small objects', async () => {
    const { world, pieces } = await createWorld();
    const { objects } = world.fixture;
    const counts = { get: 0, list: 0 };
    const { get, list } = MemoryObjectStore.prototype;
    const counted = Object.assign(new MemoryObjectStore(() => 0, undefined, objects.objects), {
      get(key: string) {
        counts.get++;
        return get.call(counted, key);
      },
      list(prefix: string, after?: string) {
        counts.list++;
        return list.call(counted, prefix, after);
      },
    });
    const reader = createArchiveReader({ store: world.fixture.store, objects: counted });
    for (const head of await reader.readHeads()) {
      for await (const piece of reader.listPieces({ head, fromHour: 0 })) {
        for await (const _ of reader.readLines(piece));
      }
    }
    const runs = pieces.filter(({ upTo }) => upTo === undefined);
    const days = new Set(runs.map(({ hour }) => Math.floor(hour / 24)));
    expect(runs.length).to.be.above(days.size);
    expect(counts).to.deep.equal({
      get: pieces.reduce((sum, { keys }) => sum + keys.length, 0),
      list: days.size + pieces.length - runs.length,
    });
  });
});
