import { countedUpTo } from '@weir/dynamodb';
import type { AuditDeps } from '../../checkpoint/audit-deps.ts';
import type { Checkpoint } from '../../checkpoint/checkpoint.ts';
import { listAuditPieces } from '../../lines/list-pieces.ts';

/** Notes each log's head, when all rows are read, and the pieces of the archive up to it. */
export async function fixEnd({ archive, work }: AuditDeps, checkpoint: Checkpoint): Promise<Checkpoint> {
  const heads = await archive.readHeads();
  const pieces = await listAuditPieces(archive, heads, checkpoint.span);
  const key = work.newKey('pieces');
  await work.files.put(key, Buffer.from(JSON.stringify(pieces)));
  return { ...checkpoint, end: { heads, asOf: countedUpTo(heads) }, pieces: key, total: pieces.length };
}
