import { writeCells } from '../../cells/cells.ts';
import type { AuditDeps } from '../../checkpoint/audit-deps.ts';
import type { Checkpoint } from '../../checkpoint/checkpoint.ts';
import { readBase } from '../../rows/read-base.ts';
import { readDayRows } from '../../rows/read-day-rows.ts';

/** Reads the rows of the next UTC day; before the first one, the watermarks. */
export async function readNextRows({ store, work }: AuditDeps, checkpoint: Checkpoint): Promise<Checkpoint> {
  const { span, rows } = checkpoint;
  const base = checkpoint.base ?? (await readBase(store));
  const day = span.from + rows.length;
  const key = work.newKey(`rows-${day}`);
  await writeCells(work.files, key, readDayRows(store, base, day));
  return { ...checkpoint, base, rows: [...rows, key] };
}
