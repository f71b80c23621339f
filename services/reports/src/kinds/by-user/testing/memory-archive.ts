import type { ArchiveLine, ArchivePiece, ArchiveReader } from '@weir/archive/reading';

/** A piece with its lines. */
export interface LinesPiece extends ArchivePiece {
  readonly lines: readonly ArchiveLine[];
}

/** An archive of one log or more, as pieces in their order; lines come in blocks of two. */
export function memoryArchive(pieces: readonly LinesPiece[]): ArchiveReader {
  return {
    readHeads: async () =>
      [...new Set(pieces.map(({ logId }) => logId))]
        .reverse()
        .map((logId) => ({ logId, parents: [], number: 0, position: undefined, lastArrival: undefined })),
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

/** A line that was counted at the epoch; `fields` replace its own. */
export function lineOf(fields: Partial<ArchiveLine>): ArchiveLine {
  return {
    ...{ sequenceNumber: '1', index: 0, arrival: 0, timestamp: 0, outcome: 'counted', action: 'a' },
    ...{ value: 0, userId: 'u', register: undefined, ...fields },
  };
}

/** A small piece of a log without lines; `fields` replace its own. */
export function pieceOf(fields: Partial<LinesPiece>): LinesPiece {
  return { logId: 'l', hour: 0, first: 0, last: 0, keys: ['k'], bytes: 1, lines: [], ...fields };
}
