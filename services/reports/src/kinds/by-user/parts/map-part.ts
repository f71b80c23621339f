import type { ObjectStore } from '@weir/archive';
import type { ArchiveLine, ArchivePiece, ArchiveReader } from '@weir/archive/reading';
import type { Question } from '@weir/dynamodb/jobs';
import { askedAction } from '../method/asked-lines.ts';
import type { ByUserMethod, Collector } from '../method/by-user-method.ts';
import type { Blocks } from '../runs/blocks.ts';
import { mergeRuns } from '../runs/merge-runs.ts';
import { highWordAt, type RecordFormat } from '../runs/record-format.ts';
import type { Run } from '../runs/run.ts';
import { openScratch, type Scratch } from '../runs/scratch.ts';
import type { MapIndex } from './part-files.ts';

const HASH_WORDS = 2 ** 32;

export interface MapDeps {
  readonly reader: ArchiveReader;
  readonly files: Pick<ObjectStore, 'putHashed'>;
  readonly keyOf: (sha256: string) => string;
  readonly blocks: Blocks;
}

export interface MapTask {
  readonly question: Question;
  readonly pieces: readonly ArchivePiece[];
  readonly ranges: number;
  /** An empty one; it is empty again after the part. */
  readonly collector: Collector;
}

/** The part of a method that does not follow users. */
type Method = Pick<ByUserMethod<unknown, unknown>, 'asked' | 'format'>;

/** Keeps what is asked for of some pieces, in order of hash, timestamp, arrival and position, as one object. */
export async function mapPart(deps: MapDeps, method: Method, task: MapTask): Promise<MapIndex> {
  const scratch = openScratch();
  try {
    const { runs, erasedEvents } = await collectRuns(deps.reader, method, { ...task, scratch });
    if (runs.length === 0) return { key: undefined, ends: [], erasedEvents };
    const ends = new Array<number>(task.ranges).fill(0);
    const records = noteEnds(
      mergeRuns(runs, { format: method.format, scratch, blocks: deps.blocks }),
      method.format,
      ends,
    );
    let key: string | undefined;
    await deps.files.putHashed(records, (sha256) => {
      key = deps.keyOf(sha256);
      return key;
    });
    return { key, ends, erasedEvents };
  } finally {
    await scratch.close();
  }
}

/** The range of a user: ranges cut the hashes into equal parts. */
function rangeAt(bytes: Buffer, at: number, ranges: number): number {
  return Math.floor((highWordAt(bytes, at) * ranges) / HASH_WORDS);
}

async function collectRuns(reader: ArchiveReader, method: Method, task: MapTask & { readonly scratch: Scratch }) {
  const { question, pieces, scratch, collector } = task;
  const asked = method.asked(question);
  const runs: Run[] = [];
  let erasedEvents = 0;
  const spill = async () => void runs.push(await scratch.write(collector.takeSorted()));
  for await (const line of linesOf(reader, pieces)) {
    const action = askedAction(asked, line);
    if (action === undefined) continue;
    if (!hasUser(line)) erasedEvents++;
    else if (!collector.add(line, action)) {
      await spill();
      collector.add(line, action);
    }
  }
  if (!collector.isEmpty) await spill();
  return { runs, erasedEvents };
}

async function* linesOf(reader: ArchiveReader, pieces: readonly ArchivePiece[]): AsyncGenerator<ArchiveLine> {
  for (const piece of pieces) for await (const lines of reader.readLines(piece)) yield* lines;
}

function hasUser(line: ArchiveLine): line is ArchiveLine & { readonly userId: string } {
  return line.userId !== undefined;
}

/** Passes blocks on, and notes where each range ends in them. */
async function* noteEnds(blocks: AsyncIterable<Buffer>, format: RecordFormat, ends: number[]): AsyncGenerator<Buffer> {
  let start = 0;
  let range = 0;
  for await (const block of blocks) {
    for (let at = 0; at < block.length; at += format.sizeAt(block, at) as number) {
      for (const next = rangeAt(block, at, ends.length); range < next; range++) ends[range] = start + at;
    }
    start += block.length;
    yield block;
  }
  ends.fill(start, range);
}
