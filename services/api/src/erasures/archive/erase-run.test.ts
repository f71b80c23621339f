import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { compress, compressed, decompress, decompressed, digestOf, runObjectKey } from '@weir/archive';
import type { PassStore } from '@weir/dynamodb/erasures';
import { MemoryErasureStore } from '@weir/dynamodb/erasures/memory';
import { expect } from 'chai';
import { createErasuresFixture } from '../../testing/erasures-fixture.ts';
import { Cohort, type Running } from '../cohort/cohort.ts';
import { type PassJob, PassOver } from '../cohort/erase-deps.ts';
import { People } from '../cohort/people.ts';
import { areIn, eraseRun } from './erase-run.ts';

const LINES = 200_000;
const BLOCK_LINES = 1_000;
const MB = 2 ** 20;
/** Bytes that were read and not written yet: the buffers of the streams. */
const MAX_HELD_BYTES = 8 * MB;
const UNTIL = Number.MAX_SAFE_INTEGER;
const people = new People([{ member: 0, userId: 'me', until: UNTIL }]);
const run = { logId: '1764000000.0', from: 0, to: 9, hour: 490_000, digest: 'd'.repeat(32), swept: true };

function lineOf(n: number, userId: string): string {
  const noise = createHash('sha256').update(String(n)).digest('hex').repeat(6);
  return `{"at":"s:${n}:0","arrival":5,"outcome":"counted","event":{"userId":"${userId}","action":"a","timestamp":5,"properties":{"x":"${noise}"}}}\n`;
}

/** An hour of a busy shard. Only its last line is the user's, so that all of it must be read. */
async function* busyHour(): AsyncIterable<Buffer> {
  for (let n = 0; n < LINES; n += BLOCK_LINES) {
    const lines = Array.from({ length: BLOCK_LINES }, (_, i) => lineOf(n + i, n + i === LINES - 1 ? 'me' : 'you'));
    yield Buffer.from(lines.join(''));
  }
}

/** A pass that walks for these users. */
async function beginPass(passes: PassStore, users: readonly string[]): Promise<PassJob> {
  const pass = (await passes.begin(await passes.find(), 'x'))?.number ?? 0;
  await passes.open(pass, [], 0);
  const start = { userHash: 'h', requestedAt: 1, until: UNTIL };
  const erasures = new MemoryErasureStore();
  const began = users.map((userId, member) => erasures.begin({ ...start, id: `e${member}`, userId }));
  const members = (await Promise.all(began)).map((erasure, member) => ({ member, erasure: erasure as Running }));
  return { pass, cohort: new Cohort(members) };
}

async function countsOf(passes: PassStore): Promise<[number, number][][]> {
  const found: [number, number][][] = [];
  for await (const { counts } of passes.listCounts(1)) found.push([...counts]);
  return found;
}

describe('erasing people from a run', () => {
  it('holds only a part of a large object in memory', async function () {
    this.timeout(60_000);
    const { task, passes, store } = createErasuresFixture();
    const job = await beginPass(passes, ['me']);
    await store.addRun(run);
    let read = 0;
    let held = 0;
    async function* counted(lines: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
      read = 0;
      for await (const block of lines) {
        read += block.length;
        yield block;
      }
    }
    const objects = Object.assign(task.objects, {
      get: async () => compressed(counted(busyHour())),
      async putHashed(chunks: Readable) {
        let written = 0;
        let last = Buffer.alloc(0);
        for await (const chunk of decompressed(chunks)) {
          written += chunk.length;
          held = Math.max(held, read - written);
          last = chunk;
        }
        expect(last.toString().trimEnd().split('\n').at(-1)).to.include('"event":{"action":"a","timestamp":5},"user"');
        return 'f'.repeat(64);
      },
    });
    const erased = await eraseRun({ ...task, objects }, job, run);
    expect(erased.digest).to.equal('f'.repeat(32));
    expect(await countsOf(passes)).to.deep.equal([[[0, 1]]]);
    expect(read).to.be.above(8 * MAX_HELD_BYTES);
    expect(held).to.be.below(MAX_HELD_BYTES);
  });

  it('stops reading when the user is found', async () => {
    const { task } = createErasuresFixture();
    let reads = 0;
    const source = Readable.from(
      (async function* () {
        for (let n = 0; n < 1_000; n++) {
          reads++;
          yield compress(Buffer.from(lineOf(n, 'me')));
        }
      })(),
    );
    const objects = Object.assign(task.objects, { get: async () => source });
    expect(await areIn({ ...task, objects }, people, 'key')).to.equal(true);
    await setImmediate();
    expect(source.destroyed).to.equal(true);
    expect(reads).to.be.below(1_000);
  });

  it('continues from every state that a death between two writes can leave', async () => {
    for (const dies of ['putHashed', 'replaceRun', 'remove']) {
      for (const when of ['before', 'after']) {
        const { task, passes, store, objects } = createErasuresFixture();
        const job = await beginPass(passes, ['me', 'them']);
        const bytes = compress(Buffer.from(lineOf(1, 'me') + lineOf(2, 'you') + lineOf(3, 'them') + lineOf(4, 'me')));
        const own = { ...run, digest: digestOf(createHash('sha256').update(bytes).digest('hex')) };
        await objects.put(runObjectKey(own) ?? '', bytes);
        await store.addRun(own);
        const dying = <T extends object>(target: T): T =>
          new Proxy(target, {
            get:
              (_, name) =>
              async (...given: unknown[]) => {
                const call = () => (Reflect.get(target, name) as (...all: unknown[]) => unknown).apply(target, given);
                if (name !== dies) return call();
                if (when === 'after') await call();
                throw new Error('died');
              },
          });
        const deps = { ...task, objects: dying(objects), passes: dying(passes) };
        await eraseRun(deps, job, own).catch((error: Error) => expect(error.message).to.equal('died'));
        const found = (await store.findRun(own.logId, own.from)) ?? own;
        const erased = await eraseRun(task, job, found);
        const left = objects.objects.get(runObjectKey(erased) ?? '')?.bytes ?? new Uint8Array();
        const name = `${dies} ${when}`;
        const text = Buffer.from(decompress(left)).toString();
        expect(text, name).to.include(lineOf(2, 'you'));
        expect(text, name).to.not.match(/"me"|"them"/);
        expect(await countsOf(passes), name).to.deep.equal([
          [
            [0, 2],
            [1, 1],
          ],
        ]);
      }
    }
  });

  it('writes no new object and stops if its pass is over', async () => {
    const { task, passes, store, objects } = createErasuresFixture();
    const job = await beginPass(passes, ['me']);
    const bytes = compress(Buffer.from(lineOf(1, 'me')));
    const own = { ...run, digest: digestOf(createHash('sha256').update(bytes).digest('hex')) };
    await objects.put(runObjectKey(own) ?? '', bytes);
    await store.addRun(own);
    await passes.endWalk(job.pass);
    const error = await eraseRun(task, job, own).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(PassOver);
    expect(await store.findRun(own.logId, own.from)).to.deep.equal(own);
    expect(objects.objects.has(runObjectKey(own) ?? '')).to.equal(true);
  });
});
