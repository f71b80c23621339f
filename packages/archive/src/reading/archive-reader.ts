import type { ArchiveLine } from './archive-line.ts';
import type { ArchivePiece, ArchiveSources } from './archive-piece.ts';
import { listPieces, type PiecesRange } from './list-pieces.ts';
import { type LogHead, readHeads } from './log-heads.ts';
import { readLines } from './read-lines.ts';

/** The archive of all logs, as plans, parts of jobs and audits read it. */
export interface ArchiveReader {
  readHeads(): Promise<LogHead[]>;
  listPieces(range: PiecesRange): AsyncIterable<ArchivePiece>;
  readLines(piece: ArchivePiece): AsyncIterable<ArchiveLine[]>;
}

export function createArchiveReader(sources: ArchiveSources): ArchiveReader {
  return {
    readHeads: () => readHeads(sources.store),
    listPieces: (range) => listPieces(sources, range),
    readLines: (piece) => readLines(sources, piece),
  };
}
