import { expect } from 'chai';
import fc from 'fast-check';
import { userRecords, writeUserRecord } from '../../top-users/user-record.ts';
import { Blocks } from './blocks.ts';
import { EVENT_RECORD_BYTES, eventRecords, timestampAt, writeEventRecord } from './event-record.ts';
import { type Merge, mergeRuns } from './merge-runs.ts';
import type { RecordFormat } from './record-format.ts';
import type { Run } from './run.ts';
import { RunBuffer } from './run-buffer.ts';
import { openScratch, type Scratch } from './scratch.ts';

/** A record of little variety, marked by its place in the input. */
interface Drawn {
  readonly high: number;
  readonly low: number;
  readonly timestamp: number;
}

const drawn = fc.record({
  high: fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff),
  low: fc.constantFrom(0, 0xffffffff),
  timestamp: fc.constantFrom(0, 1, 2 ** 40, 2 ** 40 + 1),
});

const runsOf = fc.array(fc.array(drawn, { maxLength: 12 }), { maxLength: 12 });

/** A run in memory, whose blocks end inside records. */
function memoryRun(bytes: Buffer, format: RecordFormat): Run {
  return {
    bytes: bytes.length,
    blockBytes: format.minBytes + 60,
    read: async (from, into) => void bytes.copy(into, 0, from),
    close: async () => {},
  };
}

async function merged(runs: readonly Run[], merge: Merge): Promise<Buffer> {
  const blocks: Buffer[] = [];
  for await (const block of mergeRuns(runs, merge)) blocks.push(block);
  return Buffer.concat(blocks);
}

describe('merged runs', () => {
  const blocks = new Blocks();
  let scratch: Scratch;
  beforeEach(() => {
    scratch = openScratch();
  });
  afterEach(() => scratch.close());

  it('are in order of hash, timestamp and arrival, and then in that of their runs, whatever the fan-in', () =>
    fc.assert(
      fc.asyncProperty(runsOf, fc.integer({ min: 2, max: 5 }), async (lists, fanIn) => {
        let mark = 0;
        const marks = new Map<number, Drawn>();
        const runs = lists.map((list) => {
          const buffer = new RunBuffer(eventRecords, EVENT_RECORD_BYTES * Math.max(1, list.length));
          for (const one of list) {
            const hash = Uint32Array.of(one.high, one.low);
            const record = { hash, timestamp: one.timestamp, arrival: 7, action: mark };
            writeEventRecord(buffer.bytes, buffer.claim(EVENT_RECORD_BYTES) ?? 0, record);
            marks.set(mark++, one);
          }
          return memoryRun(Buffer.concat([...buffer.takeSorted()]), eventRecords);
        });
        const bytes = await merged(runs, { format: eventRecords, scratch, blocks, fanIn });
        const found = Array.from({ length: bytes.length / EVENT_RECORD_BYTES }, (_, i) => {
          expect(timestampAt(bytes, i * EVENT_RECORD_BYTES)).to.be.a('number');
          return bytes.readUInt16BE(i * EVENT_RECORD_BYTES + 20);
        });
        const expected = [...marks].sort(
          ([i, a], [j, b]) => a.high - b.high || a.low - b.low || a.timestamp - b.timestamp || i - j,
        );
        expect(found).to.deep.equal(expected.map(([place]) => place));
      }),
    )).timeout(60_000);

  it('hold records of any length', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => 'x'.repeat(i % 20));
    const runs = ids.map((userId) => {
      const buffer = new RunBuffer(userRecords, 1000);
      const record = { hash: new Uint32Array(2), events: 1, userId };
      writeUserRecord(buffer.bytes, buffer.claim(16 + 2 * userId.length) ?? 0, record);
      return memoryRun(Buffer.concat([...buffer.takeSorted()]), userRecords);
    });
    const bytes = await merged(runs, { format: userRecords, scratch, blocks, fanIn: 3 });
    const lengths: number[] = [];
    for (let at = 0; at < bytes.length; at += userRecords.sizeAt(bytes, at) ?? 0) {
      lengths.push(bytes.readUInt16BE(at + 14) / 2);
    }
    expect(lengths).to.deep.equal(ids.map(({ length }) => length).sort((a, b) => a - b));
  });

  it('give back each file as soon as it is merged, and all of them after a failure', async () => {
    const record = Buffer.alloc(EVENT_RECORD_BYTES);
    const runs = await Promise.all(Array.from({ length: 9 }, () => scratch.write([record])));
    const isOpen = (run: Run) =>
      run.read(0, Buffer.alloc(EVENT_RECORD_BYTES)).then(
        () => true,
        () => false,
      );
    const broken = { ...memoryRun(record, eventRecords), read: () => Promise.reject(new Error('no object')) };
    const merge = { format: eventRecords, scratch, blocks, fanIn: 3 };
    const error = await merged([...runs, broken], merge).catch((thrown: Error) => thrown.message);
    expect(error).to.equal('no object');
    expect(await Promise.all(runs.slice(0, 3).map(isOpen))).to.deep.equal([false, false, false]);
    const late = await scratch.write([record]);
    await scratch.close();
    expect(await isOpen(late)).to.equal(false);
  });
});
