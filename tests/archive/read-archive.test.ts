import type { ArchiveLine, ArchivePiece, ArchiveReader } from '@weir/archive/reading';
import { Random } from '@weir/ingest-stream/src/model/random.ts';
import { LOG_ID } from '@weir/ingest-stream/src/testing/consumer-fixture.ts';
import { expect } from 'chai';
import { ArchiveWorld } from './archive-world.ts';

const SEEDS = 150;
const HOUR_MS = 3_600_000;

async function headOf(reader: ArchiveReader) {
  const head = (await reader.readHeads()).find(({ logId }) => logId === LOG_ID);
  if (!head) throw new Error('there is no log');
  return head;
}

async function linesOf(reader: ArchiveReader, pieces: readonly ArchivePiece[]): Promise<ArchiveLine[]> {
  const lines: ArchiveLine[] = [];
  for (const piece of pieces) for await (const block of reader.readLines(piece)) lines.push(...block);
  return lines;
}

function numbersOf(lines: readonly ArchiveLine[]): number[] {
  return lines.map(({ sequenceNumber }) => Number(sequenceNumber));
}

/** The numbers of the records from `first` on. */
function numbers(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

describe('reading the archive beside sweeps and erasures', function () {
  this.timeout(120_000);

  it('gives each line up to the head exactly once and in order, whatever is swept and erased meanwhile', async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const random = new Random(seed);
      const world = new ArchiveWorld(random);
      for (let i = random.between(1, 25); i > 0; i--) {
        await world.consume();
        await world.happen();
      }
      const reader = world.reader(() => world.happen());
      const head = await headOf(reader);
      const last = Number(head.position?.sequenceNumber);
      const fromHour = Math.floor(random.pick(world.arrivals) / HOUR_MS);
      const pieces: ArchivePiece[] = [];
      for await (const piece of reader.listPieces({ head, fromHour })) pieces.push(JSON.parse(JSON.stringify(piece)));
      for (let i = random.between(0, 10); i > 0; i--) await world.happen();
      const found = numbersOf(await linesOf(reader, pieces));
      const first = world.arrivals.findIndex((arrival) => arrival >= fromHour * HOUR_MS) + 1;
      expect(found, `order of seed ${seed}`).to.deep.equal([...new Set(found)].sort((a, b) => a - b));
      const inRange = found.filter((number) => number >= first);
      expect(inRange, `lines of seed ${seed}`).to.deep.equal(numbers(first, last));
      expect(found.at(-1), `end of seed ${seed}`).to.equal(last);
    }
  });
});
