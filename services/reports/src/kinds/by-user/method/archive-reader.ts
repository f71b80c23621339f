/** How far a log is read: to its entry `number`, or to none. */
export interface LogHead {
  readonly logId: string;
  readonly number: number;
}

/** Some entries of a log, and the objects that hold their lines. */
export interface ArchivePiece {
  readonly logId: string;
  readonly keys: readonly string[];
  /** Of the objects. */
  readonly bytes: number;
}

/** A line of the archive. */
export interface ArchiveLine {
  readonly arrival: number;
  readonly outcome: 'counted' | 'duplicate' | 'other';
  readonly action: string;
  readonly timestamp: number;
  /** Undefined where the person was erased. */
  readonly userId: string | undefined;
}

/** The archive, as plans and map parts read it. */
export interface ArchiveReader<Head extends LogHead = LogHead, Piece extends ArchivePiece = ArchivePiece> {
  /** The heads of all logs, read consistently. */
  readHeads(): Promise<readonly Head[]>;
  /** What arrived from the hour `fromHour` (since the epoch) up to the head, in order of position. */
  listPieces(range: { readonly head: Head; readonly fromHour: number }): AsyncIterable<Piece>;
  /** The lines of a piece in order of position, in blocks. */
  readLines(piece: Piece): AsyncIterable<readonly ArchiveLine[]>;
}
