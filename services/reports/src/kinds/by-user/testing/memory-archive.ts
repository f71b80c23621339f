import type { ArchiveLine, ArchivePiece, ArchiveReader, LogHead } from '../method/archive-reader.ts';

/** A piece with its lines. */
export interface LinesPiece extends ArchivePiece {
  readonly hour: number;
  readonly lines: readonly ArchiveLine[];
}

/** An archive of one log or more, as pieces in their order; lines come in blocks of two. */
export function memoryArchive(pieces: readonly LinesPiece[]): ArchiveReader<LogHead, LinesPiece> {
  return {
    readHeads: async () =>
      [...new Set(pieces.map(({ logId }) => logId))].reverse().map((logId) => ({ logId, number: 0 })),
    async *listPieces({ head, fromHour }) {
      yield* pieces.filter(({ logId, hour }) => logId === head.logId && hour >= fromHour);
    },
    async *readLines({ logId, hour, keys }) {
      // A plan writes pieces as JSON: the lines are found by their names.
      const piece = pieces.find((one) => one.logId === logId && one.hour === hour && one.keys[0] === keys[0]);
      for (let i = 0; i < (piece?.lines.length ?? 0); i += 2) yield piece?.lines.slice(i, i + 2) ?? [];
    },
  };
}
