import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { MemoryObjectStore } from '@weir/archive/memory';
import type { ArchiveReader } from '@weir/archive/reading';
import type { Question } from '@weir/dynamodb/jobs';
import { createByUserKind } from '@weir/reports/src/kinds/by-user/by-user-kind.ts';
import type { ByUserMethod } from '@weir/reports/src/kinds/by-user/method/by-user-method.ts';

const FOLDER = 'jobs/a/cut/';

/** Runs all parts of a question that follows users, and reads its `report.json`. */
export async function runByUser<Plan, Part>(
  { reader, question }: { readonly reader: ArchiveReader; readonly question: Question },
  method: ByUserMethod<Plan, Part>,
): Promise<unknown> {
  const kind = createByUserKind({ reader, files: new MemoryObjectStore(() => 0) }, method);
  const job = { id: 'a', question, folder: FOLDER, ...(await kind.plan(question, FOLDER)) };
  for (let part = 0; part < job.phases.reduce((sum, parts) => sum + parts, 0); part++) await kind.run(job, part);
  return json(Readable.from((await kind.assemble(job)).json));
}
