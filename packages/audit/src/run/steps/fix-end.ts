import { countedUpTo } from '@weir/dynamodb';
import type { AuditDeps } from '../../checkpoint/audit-deps.ts';
import type { Checkpoint } from '../../checkpoint/checkpoint.ts';
import { listAuditPieces } from '../../lines/list-pieces.ts';

/** Notes each log's head, when all rows are read, and the pieces of the archive up to it. */
export async function fixEnd({ store, archive, work }: AuditDeps, checkpoint: Checkpoint): Promise<Checkpoint> {
  // Before the logs: these then hold what it promises. What they say may be later, and lacks shards without a log.
  const closedUpTo = (await store.readProgress())?.closedUpTo;
  const heads = await archive.readHeads();
  const pieces = await listAuditPieces(archive, heads, checkpoint.span);
  const key = work.newKey('pieces');
  await work.files.put(key, Buffer.from(JSON.stringify(pieces)));
  const asOf = closedUpTo ?? countedUpTo(heads);
  return { ...checkpoint, end: { heads, asOf }, pieces: key, total: pieces.length };
}
