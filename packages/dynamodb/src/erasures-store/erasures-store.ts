import type { ArchiveRun } from '../metrics-store/metrics-store.ts';

export type ErasureStatus = 'running' | 'done' | 'failed';

/** What was erased in one place so far. */
export interface PlaceCount {
  /** Lines, records or items. */
  readonly items: number;
  /** Objects that held them. */
  readonly objects: number;
  /** When something was last erased, or looked for, epoch milliseconds. */
  readonly at: number;
}

/** The erasure of one person. Times are epoch milliseconds. */
export interface Erasure {
  readonly id: string;
  /** Known until the last pass has ended, then removed. */
  readonly userId: string | undefined;
  /** What a receipt still says of the person. */
  readonly userHash: string;
  readonly status: ErasureStatus;
  /** How often its execution was started anew. */
  readonly attempt: number;
  /** When it was requested first. */
  readonly requestedAt: number;
  /** When the request came that it was last extended for; until then as `requestedAt`. */
  readonly renewedAt: number;
  /** What arrived before is erased; what comes later under the same id is somebody's who came back. */
  readonly until: number;
  readonly finishedAt: number | undefined;
  /** By the name of the place. */
  readonly places: Readonly<Record<string, PlaceCount>>;
}

/** A request to erase. */
export interface ErasureStart {
  readonly id: string;
  readonly userId: string;
  readonly userHash: string;
  readonly requestedAt: number;
  readonly until: number;
}

/** An object of the archive that was rewritten without a person. */
export interface ReplacedRun {
  readonly erasureId: string;
  /** As it was read: the write is conditional on its digest. */
  readonly run: ArchiveRun;
  readonly digest: string;
  /** Lines of the person that were in it. */
  readonly lines: number;
  readonly at: number;
}

/** Erasures and their receipts, in the `users` table. Reads are consistent. */
export interface ErasureStore {
  /**
   * Begins an erasure, or finds the one of the same person that has not ended: that one is extended when it would not
   * cover this request, and runs again when it had failed.
   */
  begin(start: ErasureStart): Promise<Erasure>;
  find(id: string): Promise<Erasure | undefined>;
  /** The id of a person's erasure that has not ended. */
  findOf(userId: string): Promise<string | undefined>;
  /** Counts a new attempt, on condition that nobody else did. */
  restart(id: string, attempt: number): Promise<void>;
  /** Adds to what was erased in a place. */
  credit(id: string, place: string, count: PlaceCount): Promise<void>;
  /** Gives a run its new digest and the receipt its lines, in one write; false when the run has moved on. */
  replaceRun(replaced: ReplacedRun): Promise<boolean>;
  /** Ends an erasure and forgets who it was; false when it was extended meanwhile, or does not run. */
  finish(id: string, end: { readonly until: number; readonly at: number }): Promise<boolean>;
  /** Marks a running erasure as failed. */
  fail(id: string): Promise<void>;
}

/** The place that `replaceRun` credits. */
export const ARCHIVE_PLACE = 'archive';
