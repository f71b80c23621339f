import type { AuditDeps } from '../../checkpoint/audit-deps.ts';
import type { Checkpoint } from '../../checkpoint/checkpoint.ts';
import { listAuditPieces } from '../../lines/list-pieces.ts';
import { endOf, readTails } from '../../rows/read-tails.ts';

/** Notes each log's head, when all rows are read, and the pieces of the archive up to it. */
export async function fixEnd({ store, archive, work }: AuditDeps, checkpoint: Checkpoint): Promise<Checkpoint> {
  const { base, span } = checkpoint;
  if (!base) throw new Error('the rows of an audit are read before its end is fixed');
  const end = endOf(await readTails(store, base));
  const pieces = await listAuditPieces(archive, end, span);
  const key = work.newKey('pieces');
  await work.files.put(key, Buffer.from(JSON.stringify(pieces)));
  return { ...checkpoint, end, pieces: key, total: pieces.length };
}
