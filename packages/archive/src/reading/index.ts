export { DamagedArchiveObject, type EntryRange, MissingArchiveObject } from './archive-faults.ts';
export { type ArchiveLine, archiveLine, type LineOutcome } from './archive-line.ts';
export type { ArchivePiece, ArchiveSources } from './archive-piece.ts';
export { type ArchiveReader, createArchiveReader } from './archive-reader.ts';
export { listPieces, type PiecesRange } from './list-pieces.ts';
export { type LogHead, readHeads } from './log-heads.ts';
export { readLines } from './read-lines.ts';
