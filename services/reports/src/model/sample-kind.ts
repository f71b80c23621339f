import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ObjectStore } from '@weir/archive';
import { MemoryObjectStore } from '@weir/archive/memory';
import type { Question } from '@weir/dynamodb/jobs';
import { JobFailure, type JobFiles, type JobKind, type RunningJob } from '../jobs/job-kind.ts';

type Files = Pick<ObjectStore, 'put' | 'create' | 'find'>;

/** The question of a job with so many parts in its two phases. */
export function sampleQuestion(maps: number, reduces: number, fault?: 'plan' | 'part'): Question {
  return { kind: 'funnel', from: maps, to: reduces, timeZone: 'UTC', actions: fault === undefined ? [] : [fault] };
}

export interface SampleKindOptions {
  readonly files: Files;
  /** Is told of each plan, and gives what was counted until then. */
  readonly notePlan: (folder: string) => number;
  readonly noteRun: (job: RunningJob, part: number) => void;
  /** An object that is gone. */
  readonly noteMissing: (job: RunningJob, key: string) => void;
  /** Is awaited in each part, for its work. */
  readonly work: () => Promise<void>;
}

/** A kind of two phases: what a part gives depends on the plan and on all parts of the phase before. */
export function createSampleKind({ files, notePlan, noteRun, noteMissing, work }: SampleKindOptions): JobKind {
  const read = async (job: RunningJob, name: string) => {
    const found = await files.find(`${job.folder}${name}`);
    if (!found) {
      noteMissing(job, `${job.folder}${name}`);
      throw new Error(`no object ${name}`);
    }
    return Buffer.from(found.bytes).toString();
  };
  const readAll = async (job: RunningJob, from: number, to: number) => {
    const texts: string[] = [];
    for (let part = from; part < to; part++) texts.push(await read(job, `part-${part}`));
    return texts.join();
  };
  return {
    async plan({ from, to, actions }, folder) {
      if (actions?.includes('plan')) throw new JobFailure('bad-plan');
      const counted = notePlan(folder);
      await files.put(`${folder}counted`, Buffer.from(`${counted}`));
      await files.put(`${folder}ranges`, Buffer.from(`${counted * 2}`));
      return { phases: [from, to] };
    },

    async run(job, part) {
      noteRun(job, part);
      if (job.question.actions?.includes('part') && part === 1) throw new JobFailure('bad-part');
      const { from: maps } = job.question;
      await work();
      const bytes =
        part < maps
          ? `${part}:${await read(job, 'counted')}+${await read(job, 'ranges')}`
          : `${part}(${await readAll(job, 0, maps)})`;
      await files.create(`${job.folder}part-${part}`, Buffer.from(bytes));
    },

    async assemble(job) {
      const { from: maps, to: reduces } = job.question;
      const pieces = async function* (file: string) {
        yield Buffer.from(`${file} of ${await read(job, 'counted')} `);
        yield Buffer.from(await readAll(job, maps, maps + reduces));
      };
      return { json: pieces('json'), csv: pieces('csv'), html: pieces('html') };
    },
  };
}

/** The files of a job, made one part after the other, without faults. */
export async function resultWithoutFaults(
  question: Question,
  counted: number,
): Promise<Record<keyof JobFiles, string>> {
  const nothing = () => {};
  const kind = createSampleKind({
    ...{ files: new MemoryObjectStore(() => 0), notePlan: () => counted, work: async () => {} },
    ...{ noteRun: nothing, noteMissing: nothing },
  });
  const { phases } = await kind.plan(question, 'f/');
  const job = { id: 'j', question, folder: 'f/', phases };
  for (let part = 0; part < question.from + question.to; part++) await kind.run(job, part);
  const files = await kind.assemble(job);
  const textOf = (pieces: AsyncIterable<Uint8Array>) => text(Readable.from(pieces));
  return { json: await textOf(files.json), csv: await textOf(files.csv), html: await textOf(files.html) };
}
