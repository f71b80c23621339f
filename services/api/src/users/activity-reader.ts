/** What one user did on one day. */
export interface ActivityCount {
  /** The day's beginning in UTC, epoch milliseconds. */
  readonly day: number;
  readonly action: string;
  readonly count: number;
  readonly sum: number;
}

/** Whose activity, and of which days. */
export interface ActivityQuery {
  readonly userId: string;
  /** Epoch milliseconds, the beginning of a day, inclusive. */
  readonly from: number;
  /** Epoch milliseconds, the beginning of a day, exclusive. */
  readonly to: number;
}

/** Reads what is counted by user. */
export interface ActivityReader {
  readActivity(query: ActivityQuery): Promise<readonly ActivityCount[]>;
}
