/** When a log is folded: the knee between writes and what a cold reader must read. */
export interface FoldLimits {
  /** Log that a fold waits for, where it touches few rows. */
  readonly bytes: number;
  /** Log that each row of an action and an hour which it touches is worth. */
  readonly bytesPerHourRow: number;
  /** Log that each row of a user and a day which it touches is worth. */
  readonly bytesPerUserRow: number;
  /** Log that is folded however many rows it touches. */
  readonly mostBytes: number;
  /** Log that is older is folded however little it is. */
  readonly ageMs: number;
}

/** Log that gathers no longer than this stays cheap for cold readers. */
export const FOLD_AGE_MS = 300_000;
/** Past this a batch folds first, and fails if it cannot: readers could not follow any more. */
export const UNFOLDED_LIMIT_BYTES = 16 * 1024 * 1024;

/** A fold then costs less than half of the log's own writes; docs/benchmarks.md has the knee. */
export const FOLD_LIMITS: FoldLimits = {
  bytes: 256 * 1024,
  bytesPerHourRow: 8 * 1024,
  bytesPerUserRow: 1024,
  mostBytes: 4 * 1024 * 1024,
  ageMs: FOLD_AGE_MS,
};

/** Where a log touches so many rows of users, it is folded by size alone: more need not be told apart. */
export const MOST_USER_ROWS = FOLD_LIMITS.mostBytes / FOLD_LIMITS.bytesPerUserRow;

/** What a fold would take. */
export interface UnfoldedLog {
  readonly bytes: number;
  /** When the oldest entry was appended, epoch milliseconds. */
  readonly since: number | undefined;
  /** Rows of an action and an hour that it touches. */
  readonly rows: number;
  /** Rows of a user and a day that it touches. */
  readonly userRows: number;
}

/** Whether enough has gathered since the last fold. */
export function isFoldDue({ bytes, since, rows, userRows }: UnfoldedLog, now: number, limits = FOLD_LIMITS): boolean {
  if (since === undefined) return false;
  const worth = rows * limits.bytesPerHourRow + userRows * limits.bytesPerUserRow;
  const enough = Math.min(limits.mostBytes, Math.max(limits.bytes, worth));
  return bytes >= enough || now - since >= limits.ageMs;
}
