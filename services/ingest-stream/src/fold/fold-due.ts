/** When a log is folded. The limits weigh the cost of writes against the log that a cold reader must read. */
export interface FoldLimits {
  /** The size at which a log that touches few rows is folded. */
  readonly bytes: number;
  /** The size for each row of an action and an hour that the log touches. */
  readonly bytesPerHourRow: number;
  /** The size for each row of a user and a day that the log touches. */
  readonly bytesPerUserRow: number;
  /** The size at which a log is folded, whatever the number of rows. */
  readonly mostBytes: number;
  /** The age at which a log is folded, whatever its size. */
  readonly ageMs: number;
}

/** A log that waits no longer than this stays cheap for cold readers. */
export const FOLD_AGE_MS = 300_000;
/** Above this, a batch first folds, and fails if it cannot: readers could no longer keep up with the log. */
export const UNFOLDED_LIMIT_BYTES = 16 * 1024 * 1024;

/** With these, folds cost less than half of the log's own writes; docs/benchmarks.md compares other limits. */
export const FOLD_LIMITS: FoldLimits = {
  bytes: 256 * 1024,
  bytesPerHourRow: 8 * 1024,
  bytesPerUserRow: 1024,
  mostBytes: 4 * 1024 * 1024,
  ageMs: FOLD_AGE_MS,
};

/** Above this number of rows of users, the size alone decides. So rows are counted no further. */
export const MOST_USER_ROWS = FOLD_LIMITS.mostBytes / FOLD_LIMITS.bytesPerUserRow;

/** The log that waits to be folded. */
export interface UnfoldedLog {
  readonly bytes: number;
  /** The time at which the oldest entry was appended, in epoch milliseconds. */
  readonly since: number | undefined;
  /** The rows of an action and an hour that it touches. */
  readonly rows: number;
  /** The rows of a user and a day that it touches. */
  readonly userRows: number;
}

/** Whether the log is large or old enough to be folded. */
export function isFoldDue({ bytes, since, rows, userRows }: UnfoldedLog, now: number, limits = FOLD_LIMITS): boolean {
  if (since === undefined) return false;
  const worth = rows * limits.bytesPerHourRow + userRows * limits.bytesPerUserRow;
  const enough = Math.min(limits.mostBytes, Math.max(limits.bytes, worth));
  return bytes >= enough || now - since >= limits.ageMs;
}
