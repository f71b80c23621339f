import type { ObjectStore } from '@weir/archive';
import { readAhead } from '@weir/archive/read-ahead';
import type { Question } from '@weir/dynamodb/jobs';
import type { ByUserMethod } from '../method/by-user-method.ts';
import type { Blocks } from '../runs/blocks.ts';
import { mergeRuns } from '../runs/merge-runs.ts';
import { objectRun, type Run } from '../runs/run.ts';
import { openScratch } from '../runs/scratch.ts';
import type { PartFiles, ReducedRange } from './part-files.ts';

const INDEXES_AHEAD = 16;

export interface ReduceDeps<Plan, Part> {
  readonly files: Pick<ObjectStore, 'getRange'>;
  readonly parts: PartFiles<Plan, Part>;
  readonly blocks: Blocks;
}

export interface ReduceTask {
  readonly question: Question;
  readonly range: number;
  /** Number of map parts. */
  readonly mapped: number;
}

/** Follows the users of one hash range, one after the other, through what all map parts have of them. */
export async function reduceRange<Plan, Part>(
  { files, parts, blocks }: ReduceDeps<Plan, Part>,
  method: ByUserMethod<Plan, Part>,
  { question, range, mapped }: ReduceTask,
): Promise<ReducedRange<Part>> {
  const reducer = method.newReducer(question, await parts.plan());
  const { format } = method;
  const scratch = openScratch();
  try {
    const { runs, erasedEvents } = await runsOf({ files, parts }, range, mapped);
    for await (const block of mergeRuns(runs, { format, scratch, blocks })) {
      for (let at = 0; at < block.length; at += format.sizeAt(block, at) as number) reducer.add(block, at);
    }
    return { result: reducer.end(), erasedEvents };
  } finally {
    await scratch.close();
  }
}

/** The part that each map object has of the range, in the order of map parts: the order of logs and positions. */
async function runsOf({ files, parts }: Omit<ReduceDeps<unknown, unknown>, 'blocks'>, range: number, mapped: number) {
  const runs: Run[] = [];
  let erasedEvents = 0;
  const read = async (part: number) => ({ part, index: await parts.findIndex(part) });
  for await (const { part, index } of readAhead(Array(mapped).keys(), INDEXES_AHEAD, read)) {
    if (!index) throw new Error(`map part ${part} has no index`);
    if (range === 0) erasedEvents += index.erasedEvents;
    const [from, to] = [index.ends[range - 1] ?? 0, index.ends[range] ?? 0];
    if (index.key !== undefined && to > from) runs.push(objectRun(files, { key: index.key, from, to }));
  }
  return { runs, erasedEvents };
}
