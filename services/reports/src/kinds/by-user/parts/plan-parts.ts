import type { ArchivePiece, ArchiveReader } from '../method/archive-reader.ts';

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

/** Writes the pieces of a map part. */
export type PutPieces = (part: number, pieces: readonly ArchivePiece[]) => Promise<void>;

/**
 * Cuts what arrived from 24 hours before `from` up to the heads of all logs into map parts, and says how many hash ranges
 * there are. The order of parts is that of logs, and in a log that of positions.
 */
export async function planParts(reader: ArchiveReader, from: number, put: PutPieces): Promise<readonly number[]> {
  let parts = 0;
  let total = 0;
  for await (const pieces of groupPieces(piecesOf(reader, Math.floor((from - MAX_AHEAD_MS) / HOUR_MS)))) {
    await put(parts++, pieces);
    total += sumOf(pieces, ({ bytes }) => bytes);
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

async function* groupPieces(pieces: AsyncIterable<ArchivePiece>): AsyncGenerator<ArchivePiece[]> {
  let group: ArchivePiece[] = [];
  for await (const piece of pieces) {
    const bytes = sumOf(group, (one) => one.bytes) + piece.bytes;
    const objects = sumOf(group, ({ keys }) => keys.length) + piece.keys.length;
    if (group.length > 0 && (bytes > MAX_PART_BYTES || objects > MAX_PART_OBJECTS)) {
      yield group;
      group = [];
    }
    group.push(piece);
  }
  if (group.length > 0) yield group;
}

function sumOf(pieces: readonly ArchivePiece[], figure: (piece: ArchivePiece) => number): number {
  return pieces.reduce((sum, piece) => sum + figure(piece), 0);
}
