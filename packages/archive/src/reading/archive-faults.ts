/** The entries of a log from `first` to `last`. */
export interface EntryRange {
  readonly first: number;
  readonly last: number;
}

/** A run or an entry names an object that does not exist. Nothing in Weir removes such an object. */
export class MissingArchiveObject extends Error {
  readonly key: string;
  readonly logId: string;
  readonly entries: EntryRange;

  constructor(key: string, logId: string, entries: EntryRange) {
    super(`no object ${key}, which holds the lines of entries ${entries.first} to ${entries.last} of ${logId}`);
    this.name = 'MissingArchiveObject';
    this.key = key;
    this.logId = logId;
    this.entries = entries;
  }
}

/** An object of the archive that somebody damaged. */
export class DamagedArchiveObject extends Error {
  readonly key: string;
  /** The line that cannot be read, from 1; undefined if the object cannot be decompressed. */
  readonly line: number | undefined;

  constructor(key: string, line: number | undefined, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`cannot read ${line === undefined ? '' : `line ${line} of `}object ${key}: ${reason}`, { cause });
    this.name = 'DamagedArchiveObject';
    this.key = key;
    this.line = line;
  }
}
