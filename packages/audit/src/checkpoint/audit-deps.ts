import type { ObjectStore } from '@weir/archive';
import type { ArchiveReader } from '@weir/archive/reading';
import type { LogStore, ProgressStore, RowStore } from '@weir/dynamodb';

/** What an audit reads of the table of metrics, beside the archive's reader: each call is a Query. */
export type AuditedStore = Pick<LogStore, 'list' | 'readAfter'> &
  Pick<RowStore, 'queryRows' | 'listAllTime'> &
  Pick<ProgressStore, 'readProgress'>;

export interface AuditDeps {
  readonly store: AuditedStore;
  readonly archive: ArchiveReader;
  readonly work: WorkFolder;
  readonly now: () => number;
  /** What was counted is written to a file when an upper bound on its bytes passes this. */
  readonly maxBytes: number;
}

/** Where an audit keeps what it has read. */
export interface WorkFolder {
  readonly files: ObjectStore;
  /** The key of a file that no other step, and no other attempt of this one, writes. */
  readonly newKey: (name: string) => string;
}
