import { buffer } from 'node:stream/consumers';
import { MemoryObjectStore } from '@weir/archive/memory';
import type { ArchiveReader } from '@weir/archive/reading';
import type { Question } from '@weir/dynamodb/jobs';
import { createByUserKind } from '../by-user-kind.ts';
import type { ByUserMethod } from '../method/by-user-method.ts';

const FOLDER = 'jobs/a/b/';

export interface Answered {
  readonly phases: readonly number[];
  /** `report.json`. */
  readonly json: string;
  readonly files: MemoryObjectStore;
}

/** What happens before a part of a phase, or before the answer is assembled (phase 2). */
export type BeforePart = (phase: number, part: number) => Promise<void>;

/** Runs all parts of a job, one after the other, and assembles its answer. */
export async function runByUser<Plan, Part>(
  { reader, question }: { readonly reader: ArchiveReader; readonly question: Question },
  method: ByUserMethod<Plan, Part>,
  before: BeforePart = async () => {},
): Promise<Answered> {
  const files = new MemoryObjectStore(() => 0);
  const kind = createByUserKind({ reader, files }, method);
  const { phases } = await kind.plan(question, FOLDER);
  const job = { id: 'a', question, folder: FOLDER, phases };
  const [mapped = 0, ranges = 0] = phases;
  for (let part = 0; part < mapped + ranges; part++) {
    await before(part < mapped ? 0 : 1, part);
    await kind.run(job, part);
  }
  await before(2, mapped + ranges);
  const json = await buffer((await kind.assemble(job)).json);
  return { phases, json: json.toString(), files };
}
