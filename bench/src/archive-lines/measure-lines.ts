import { decompress } from '@weir/archive';
import { type ArchiveSources, readLines } from '@weir/archive/reading';
import { cpuMsOfAsync, median } from '../measure/cpu.ts';
import { memoryInUse } from '../measure/memory.ts';
import { holdHour, PIECE, streamHour } from './hour-object.ts';

/** Blocks between two looks at the memory: each look is a full collection. */
const BLOCKS_PER_LOOK = 50;

/** One way to read the lines. CPU is of the whole process. */
export interface LinesMeasure {
  readonly linesPerSecond: number;
  /** The median of each round's CPU, compared with the baseline's. */
  readonly ratio: number;
}

/** CPU of the reader, and of the baseline: the whole object, and each line by itself. Both take turns. */
export async function measureLines({ lines = 200_000, rounds = 9, warmUp = 3 } = {}): Promise<LinesMeasure[]> {
  const { sources, bytes } = await holdHour(lines);
  const ways = [async () => parseEach(bytes), () => readAll(sources)];
  const figures: number[][] = ways.map(() => []);
  for (let round = -warmUp; round < rounds; round++) {
    for (let turn = 0; turn < ways.length; turn++) {
      const at = (turn + Math.abs(round)) % ways.length;
      const ms = await cpuMsOfAsync(async () => {
        const read = await ways[at]?.();
        if (read !== lines) throw new Error(`${read} of ${lines} lines`);
      });
      if (round >= 0) figures[at]?.push(ms);
    }
  }
  return figures.map((own) => ({
    linesPerSecond: lines / (median(own) / 1000),
    ratio: median(own.map((ms, round) => ms / (figures[0]?.[round] ?? Number.NaN))),
  }));
}

function parseEach(bytes: Uint8Array): number {
  let lines = 0;
  for (const text of Buffer.from(decompress(bytes)).toString().trimEnd().split('\n')) {
    if ((JSON.parse(text) as { readonly event?: unknown }).event) lines++;
  }
  return lines;
}

async function readAll(sources: ArchiveSources): Promise<number> {
  let lines = 0;
  for await (const block of readLines(sources, PIECE)) lines += block.length;
  return lines;
}

/** Bytes in use in the process while an object of so many lines is read, the most of all looks. */
export async function memoryOf(lines: number): Promise<number> {
  let most = 0;
  let blocks = 0;
  for await (const _ of readLines(streamHour(lines), PIECE)) {
    if (blocks++ % BLOCKS_PER_LOOK === 0) most = Math.max(most, memoryInUse());
  }
  return most;
}
