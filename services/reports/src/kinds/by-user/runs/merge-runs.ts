import { BlockWriter, WRITTEN_BYTES } from './block-writer.ts';
import type { Blocks } from './blocks.ts';
import { CursorHeap } from './cursor-heap.ts';
import type { RecordFormat } from './record-format.ts';
import type { Run } from './run.ts';
import { RunCursor } from './run-cursor.ts';
import type { Scratch } from './scratch.ts';

/** Runs that are merged at once, with a block of each in memory. */
const FAN_IN = 64;

export interface Merge {
  readonly format: RecordFormat;
  readonly scratch: Scratch;
  readonly blocks: Blocks;
  readonly fanIn?: number;
}

/**
 * The records of all runs in order, in blocks, each good until the next. Equal records stay in the order of their runs.
 * More runs than the fan-in are merged on the disk first: neighbours with neighbours, which keeps that order.
 */
export async function* mergeRuns(
  runs: readonly Run[],
  { format, scratch, blocks, fanIn = FAN_IN }: Merge,
): AsyncGenerator<Buffer> {
  let left = runs;
  while (left.length > fanIn) {
    const merged: Run[] = [];
    for (let i = 0; i < left.length; i += fanIn) {
      const group = left.slice(i, i + fanIn);
      merged.push(await scratch.write(mergeOnce(group, { format, blocks })));
      await Promise.all(group.map((run) => run.close()));
    }
    left = merged;
  }
  yield* mergeOnce(left, { format, blocks });
}

async function* mergeOnce(
  runs: readonly Run[],
  { format, blocks }: Pick<Merge, 'format' | 'blocks'>,
): AsyncGenerator<Buffer> {
  const cursors = runs.map((run, order) => new RunCursor(run, format, { order, block: blocks.take(run.blockBytes) }));
  await Promise.all(cursors.map((cursor) => cursor.load()));
  const heap = new CursorHeap(format, cursors);
  const writer = new BlockWriter(blocks.take(WRITTEN_BYTES));
  for (let top = heap.top; top; top = heap.top) {
    if (!writer.hasRoom(top.size)) yield writer.take();
    writer.add(top.bytes, top.at, top.size);
    if (!top.skip(top.size)) await top.load();
    heap.settle();
  }
  yield writer.take();
  // Not after a failure: a read that has not ended may still write into its block.
  blocks.give([writer.block, ...cursors.map(({ block }) => block)]);
}
