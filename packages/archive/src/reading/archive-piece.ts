import type { ArchiveRuns, LogStore } from '@weir/dynamodb';
import type { Position } from '@weir/events';
import type { ObjectStore } from '../object-store.ts';

/**
 * What is read: the table of metrics names the objects, and the bucket holds them. Each call of the store is a Query:
 * workers and audits have no right to other calls.
 */
export interface ArchiveSources {
  readonly store: Pick<LogStore, 'list' | 'readAfter' | 'readBackwards'> & Pick<ArchiveRuns, 'newestRuns'>;
  readonly objects: Pick<ObjectStore, 'get' | 'list'>;
}

/**
 * Entries of one log that begin in one hour of arrival, and the objects that hold their lines. It can be written as JSON.
 * If these lines are in small objects, `after` and `upTo` say which positions they have: a sweep may put them into a
 * larger object. If they are in the hour's own object, only a head in the middle of that object gives it an `upTo`.
 */
export interface ArchivePiece {
  readonly logId: string;
  /** Hours since the epoch. */
  readonly hour: number;
  readonly first: number;
  readonly last: number;
  /** In order of the entries; at least one. */
  readonly keys: readonly string[];
  /** Of the objects, compressed. A missing object has none. */
  readonly bytes: number;
  /** Lines up to this position are not in the piece. */
  readonly after?: Position;
  /** Lines past this position are not in the piece. */
  readonly upTo?: Position;
}
