import type { ArchivePiece, ArchiveReader } from '@weir/archive/reading';

const HOUR_MS = 3_600_000;
/** An event is at most so much later than its arrival. */
const MAX_AHEAD_MS = 24 * HOUR_MS;

/** Limits of a map part: what one worker reads in its time. A piece that is larger is a part of its own. */
const MAX_PART_BYTES = 256 * 1024 * 1024;
const MAX_PART_OBJECTS = 2000;

/** Lines compress to a tenth of their size, and the record of a line is a sixth of it: at most twice the object. */
const RECORD_SHARE = 2;
const RANGE_BYTES = 64 * 1024 * 1024;
const MAX_RANGES = 256;

/** The pieces of a map part, with their sums. */
interface PieceGroup {
  readonly pieces: ArchivePiece[];
  bytes: number;
  objects: number;
}

/** Writes the pieces of a map part. */
export type PutPieces = (part: number, pieces: readonly ArchivePiece[]) => Promise<void>;

/**
 * Cuts what arrived from 24 hours before `from` up to the heads of all logs into map parts, and says how many hash ranges
 * there are. The order of parts is that of logs, and in a log that of positions.
 */
export async function planParts(reader: ArchiveReader, from: number, put: PutPieces): Promise<readonly number[]> {
  let parts = 0;
  let total = 0;
  for await (const { pieces, bytes } of groupPieces(piecesOf(reader, Math.floor((from - MAX_AHEAD_MS) / HOUR_MS)))) {
    await put(parts++, pieces);
    total += bytes;
  }
  // A phase has a part: the reader of an empty one reads nothing.
  if (parts === 0) await put(parts++, []);
  return [parts, rangesOf(total)];
}

/** Hash ranges for so many bytes of archive: an even one has 64 MB of records, unless there are too many of them. */
export function rangesOf(bytes: number): number {
  return Math.min(Math.max(1, Math.ceil((RECORD_SHARE * bytes) / RANGE_BYTES)), MAX_RANGES);
}

async function* piecesOf(reader: ArchiveReader, fromHour: number): AsyncGenerator<ArchivePiece> {
  const heads = await reader.readHeads();
  for (const head of [...heads].sort((a, b) => (a.logId < b.logId ? -1 : 1))) {
    yield* reader.listPieces({ head, fromHour });
  }
}

async function* groupPieces(pieces: AsyncIterable<ArchivePiece>): AsyncGenerator<PieceGroup> {
  let group: PieceGroup = { pieces: [], bytes: 0, objects: 0 };
  for await (const piece of pieces) {
    const isFull = group.bytes + piece.bytes > MAX_PART_BYTES || group.objects + piece.keys.length > MAX_PART_OBJECTS;
    if (isFull && group.pieces.length > 0) {
      yield group;
      group = { pieces: [], bytes: 0, objects: 0 };
    }
    group.pieces.push(piece);
    group.bytes += piece.bytes;
    group.objects += piece.keys.length;
  }
  if (group.pieces.length > 0) yield group;
}
