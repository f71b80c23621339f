import type { EntryHeader, LogEntry } from '@weir/aggregates';
import type { Position } from '@weir/events';

/** A log's own item: where it stands in the stream, and how far its entries are folded. It never expires. */
export interface LogItem {
  readonly logId: string;
  /** Logs of the shards this one was split or merged from. */
  readonly parents: readonly string[];
  readonly watermark: Watermark;
}

/** The last entry that is folded into every row it touches. */
export interface Watermark {
  /** Entry number; -1 when nothing is folded yet. */
  readonly number: number;
  /** End of that entry. */
  readonly position: Position | undefined;
  /** Last arrival in that entry, epoch milliseconds. */
  readonly arrival: number | undefined;
}

export const NOTHING_FOLDED: Watermark = { number: -1, position: undefined, arrival: undefined };

/** A log entry to append: its number and its encoded body. */
export interface EntryWrite {
  readonly number: number;
  readonly body: Uint8Array;
}

/**
 * A log entry as it was read. It is decoded once, when `entry` is first read. If it cannot be decoded, `entry` throws,
 * and the entries beside it can still be read.
 */
export interface StoredEntry {
  readonly number: number;
  /** Length of its encoded body. */
  readonly bytes: number;
  readonly entry: LogEntry;
  /** The header alone, for callers that continue if the rest cannot be decoded. */
  readonly header: EntryHeader;
}

/** Of an action: an hour, a day, or all time. Of a user: a day. */
export type RowKind = 'hour' | 'day' | 'all' | 'user';

/** Which row: one (subject, bucket) of one log. `bucket` counts hours or days since the epoch; 0 for all time. */
export interface RowKey {
  readonly kind: RowKind;
  /** The action; of a user's row, `userHash` of the user's id. */
  readonly subject: string;
  readonly bucket: number;
  readonly logId: string;
}

/** A row: a summary of the log's entries up to and including `upTo`. */
export interface StoredRow {
  readonly key: RowKey;
  /** A whole number; half an entry more in a row that was emptied. */
  readonly upTo: number;
  readonly body: Uint8Array;
}

/** A row to write, on condition that it is still as it was read. */
export interface RowWrite extends StoredRow {
  /** `upTo` of the row it was made from; undefined when there was none. */
  readonly madeFrom: number | undefined;
  /** Epoch seconds; undefined keeps it for ever. */
  readonly expiresAt: number | undefined;
}

export interface BucketRange {
  readonly kind: RowKind;
  readonly subject: string;
  /** First bucket, inclusive. */
  readonly from: number;
  /** Last bucket, inclusive. */
  readonly to: number;
}

/** Where a read of a log stops. */
export interface ReadLimits {
  /** Stops after this many bytes of bodies, with at least one entry. */
  readonly maxBytes?: number;
  readonly maxEntries?: number;
}

/** The logs: appended by one conditional write an entry, read consistently. */
export interface LogStore {
  /** Writes the log's item unless it is there. */
  register(logId: string, parents: readonly string[]): Promise<void>;
  find(logId: string): Promise<LogItem | undefined>;
  list(): Promise<LogItem[]>;
  /** False if there is an entry of that number already. */
  append(logId: string, entry: EntryWrite, expiresAt: number): Promise<boolean>;
  /** Entries past `after`, ascending. */
  readAfter(logId: string, after: number, limits?: ReadLimits): Promise<StoredEntry[]>;
  /** Entries from the newest to the oldest, page by page. Without a limit, it goes on until the caller stops. */
  readBackwards(logId: string, limits?: Pick<ReadLimits, 'maxEntries'>): AsyncIterable<StoredEntry>;
  /** Moves the watermark, unless it is as high already. */
  raiseWatermark(logId: string, watermark: Watermark): Promise<void>;
}

/** The rows: summaries of a log, each written on condition of the `upTo` it was made from. */
export interface RowStore {
  readRows(keys: readonly RowKey[]): Promise<StoredRow[]>;
  /** Writes the rows that are still as they were read; returns the keys of rows that have changed in the meantime. */
  writeRows(writes: readonly RowWrite[]): Promise<RowKey[]>;
  queryRows(range: BucketRange): Promise<StoredRow[]>;
  /** The all-time rows of every action and log. */
  listAllTime(): Promise<StoredRow[]>;
}

/** The admitted actions: numbered slots, each taken once. */
export interface ActionSlots {
  /** Actions in slots past `after` (-1 for all), in order of slot. */
  readSlots(after: number): Promise<string[]>;
  /** False when the slot is taken already. */
  takeSlot(slot: number, action: string): Promise<boolean>;
}

/**
 * The secret under which the stage hashes its events' ids. Without it, or with another one, no copy would be
 * recognised.
 */
export interface HashSecret {
  /** The secret: the stored one, or else `candidate`, which is stored from then on. */
  keepSecret(candidate: string): Promise<string>;
}

/** An hour of one log's archive that was rewritten into one object. */
export interface ArchiveRun {
  readonly logId: string;
  /** First and last entry in the object. */
  readonly from: number;
  readonly to: number;
  /** Hours since the epoch, by arrival. */
  readonly hour: number;
  /** The object's digest: its name ends in it. It is replaced when the lines of an erased person are rewritten. */
  readonly digest: string;
  /** Whether the objects that no entry names were removed from the hour. */
  readonly swept: boolean;
}

/** Which hours of a log's archive are in one object. */
export interface ArchiveRuns {
  /** Runs of a log, newest first, at most `limit`; only those that begin before the entry `before`, if it is given. */
  newestRuns(logId: string, limit: number, before?: number): Promise<ArchiveRun[]>;
  findRun(logId: string, from: number): Promise<ArchiveRun | undefined>;
  /** False if a run that begins there is recorded already. */
  addRun(run: ArchiveRun): Promise<boolean>;
  markSwept(run: ArchiveRun): Promise<void>;
}

/** How far the stream is counted. Times are epoch milliseconds. */
export interface Progress {
  /** No entry that is appended later holds a record that arrived before this time, on any shard. */
  readonly closedUpTo: number;
  /** When it was written. */
  readonly at: number;
}

/** How far the stream is counted: one item, which also goes through the table's stream. */
export interface ProgressStore {
  /** Undefined before the first sweep. It must be read before the logs: the logs then hold what it promises. */
  readProgress(): Promise<Progress | undefined>;
  /** Never goes back: false if `closedUpTo` is as late already. */
  writeProgress(progress: Progress): Promise<boolean>;
}

/** Everything in the `metrics` table. */
export type MetricsStore = LogStore & RowStore & ActionSlots & HashSecret & ArchiveRuns & ProgressStore;
