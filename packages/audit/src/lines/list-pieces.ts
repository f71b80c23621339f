import type { ArchivePiece, ArchiveReader, LogHead } from '@weir/archive/reading';
import { DAY_MS, HOUR_MS } from '../cells/time.ts';
import type { DaySpan } from './line-fold.ts';

/** A timestamp is at most this far after its arrival. */
const MAX_LEAD_HOURS = DAY_MS / HOUR_MS;

/** The pieces of all logs that may have events of these days, in order of their hours: few days are open at a time. */
export async function listAuditPieces(
  reader: Pick<ArchiveReader, 'listPieces'>,
  heads: readonly LogHead[],
  { from }: DaySpan,
): Promise<ArchivePiece[]> {
  const fromHour = (from * DAY_MS) / HOUR_MS - MAX_LEAD_HOURS;
  const pieces: ArchivePiece[] = [];
  for (const head of heads) for await (const piece of reader.listPieces({ head, fromHour })) pieces.push(piece);
  return pieces.sort((a, b) => a.hour - b.hour);
}
