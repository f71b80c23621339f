import type { AuditDeps } from '../checkpoint/audit-deps.ts';
import { type Checkpoint, isComplete } from '../checkpoint/checkpoint.ts';
import { compareNextDay } from './steps/compare-next-day.ts';
import { countPieces } from './steps/count-pieces.ts';
import { fixEnd } from './steps/fix-end.ts';
import { readNextRows } from './steps/read-next-rows.ts';

/**
 * Works on an audit until `deadline` (epoch milliseconds), at least one step. A checkpoint that is worked on again, by a
 * repeated call or beside one that was given up, gives the same audit: all files are new ones. Rows are read after their
 * logs' watermarks, and heads after the rows.
 */
export async function runAudit(deps: AuditDeps, from: Checkpoint, deadline: number): Promise<Checkpoint> {
  let checkpoint = from;
  do checkpoint = await nextStep(deps, checkpoint, deadline);
  while (!isComplete(checkpoint) && deps.now() < deadline);
  return checkpoint;
}

async function nextStep(deps: AuditDeps, checkpoint: Checkpoint, deadline: number): Promise<Checkpoint> {
  const { span, rows, end, counted, total } = checkpoint;
  if (rows.length < span.to - span.from) return readNextRows(deps, checkpoint);
  if (!end) return fixEnd(deps, checkpoint);
  if (counted < total) return countPieces(deps, checkpoint, deadline);
  return compareNextDay(deps, checkpoint);
}
