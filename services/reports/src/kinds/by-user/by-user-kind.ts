import type { ObjectStore } from '@weir/archive';
import { readAhead } from '@weir/archive/read-ahead';
import type { ArchiveReader } from '@weir/archive/reading';
import type { JobKind, RunningJob } from '../../jobs/job-kind.ts';
import type { ByUserMethod, Collector } from './method/by-user-method.ts';
import { mapPart } from './parts/map-part.ts';
import { openPartFiles, type PartFiles } from './parts/part-files.ts';
import { planParts } from './parts/plan-parts.ts';
import { reduceRange } from './parts/reduce-range.ts';
import { Blocks } from './runs/blocks.ts';

const RANGES_AHEAD = 8;

export interface ByUserDeps {
  /** The archive. */
  readonly reader: ArchiveReader;
  /** The bucket of reports. */
  readonly files: Pick<ObjectStore, 'create' | 'find' | 'getRange' | 'put' | 'putHashed'>;
}

/**
 * A kind of job that follows users. Its first phase keeps what is asked for of some pieces of the archive, in order of the
 * users' hashes; each part of its second phase follows the users of one range of hashes.
 */
export function createByUserKind<Plan, Part>({ reader, files }: ByUserDeps, method: ByUserMethod<Plan, Part>): JobKind {
  // Their memory is for the next part. One is in use by each part that runs.
  const collectors: Collector[] = [];
  const blocks = new Blocks();
  const open = (folder: string) => openPartFiles<Plan, Part>(files, folder);

  async function map({ folder, question }: RunningJob, part: number, ranges: number): Promise<void> {
    const parts = open(folder);
    if (await parts.findIndex(part)) return;
    const keyOf = (sha256: string) => parts.recordsKey(part, sha256);
    const collector = collectors.pop() ?? method.newCollector();
    const task = { question, pieces: await parts.pieces(part), ranges, collector };
    await parts.createIndex(part, await mapPart({ reader, files, keyOf, blocks }, method, task));
    collectors.push(collector);
  }

  async function reduce({ folder, question }: RunningJob, range: number, mapped: number): Promise<void> {
    const parts = open(folder);
    if (await parts.findRange(range)) return;
    await parts.createRange(range, await reduceRange({ files, parts, blocks }, method, { question, range, mapped }));
  }

  return {
    async plan(question, folder) {
      const parts = open(folder);
      await parts.putPlan(method.plan(question));
      return { phases: await planParts(reader, question.from, parts.putPieces) };
    },

    async run(job, part) {
      const [mapped = 0, ranges = 0] = job.phases;
      if (part < mapped) await map(job, part, ranges);
      else await reduce(job, part - mapped, mapped);
    },

    async assemble({ folder, question, phases: [, ranges = 0] }) {
      const parts = open(folder);
      const { erasedEvents } = await readRange(parts, 0);
      const reduced = readAhead(Array(ranges).keys(), RANGES_AHEAD, (range) => readRange(parts, range));
      return method.assemble({ question, plan: await parts.plan(), erasedEvents, parts: resultsOf(reduced) });
    },
  };
}

async function readRange<Part>(parts: PartFiles<unknown, Part>, range: number) {
  const found = await parts.findRange(range);
  if (!found) throw new Error(`hash range ${range} has no result`);
  return found;
}

async function* resultsOf<Part>(reduced: AsyncIterable<{ readonly result: Part }>): AsyncGenerator<Part> {
  for await (const { result } of reduced) yield result;
}
