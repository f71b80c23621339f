import type { ObjectStore } from '@weir/archive';
import type { ArchiveRuns, LogStore } from '@weir/dynamodb';
import type { ErasureStore } from '@weir/dynamodb/erasures';
import type { Log } from '@weir/logging';

/** What erasing works on. */
export interface EraseDeps {
  readonly store: Pick<LogStore, 'list' | 'readAfter'> & Pick<ArchiveRuns, 'newestRuns' | 'findRun'>;
  readonly erasures: ErasureStore;
  readonly objects: ObjectStore;
  readonly now: () => number;
  readonly log: Log;
}

/** Whose lines are erased: those under their id that arrived before `until` (epoch milliseconds). */
export interface Person {
  readonly userId: string;
  readonly until: number;
}

/** One erasure, as what does its work sees it. */
export interface EraseJob {
  readonly erasureId: string;
  readonly person: Person;
}
