export type ErasureStatus = 'running' | 'done' | 'failed';

/** What the next pass over the archive does for an erasure. Each erasure goes through all of these, in this order. */
export type ErasureStep = 'now' | 'closed' | 'last' | 'orphans';

/** What was erased in one place until now. */
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
  /** Known until the last step is done, then removed. */
  readonly userId: string | undefined;
  /** What a receipt still says of the person. */
  readonly userHash: string;
  readonly status: ErasureStatus;
  /** When it was requested first. */
  readonly requestedAt: number;
  /** When the request came that extended it last; equal to `requestedAt` until then. */
  readonly renewedAt: number;
  /** Everything that arrived before is erased. What comes later under the same id belongs to a person who came back. */
  readonly until: number;
  readonly finishedAt: number | undefined;
  readonly step: ErasureStep;
  /** When a pass may take its step: a running erasure waits in the queue under this time. */
  readonly dueAt: number;
  /** How many passes in a row could not do its step. */
  readonly tries: number;
  /** Rises whenever a request or a pass changes its step, `until` or status. */
  readonly revision: number;
  /** The last pass that had it as a member and has finished with it; 0 before the first. */
  readonly countedPass: number;
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

/** An erasure's place in the queue. */
export interface WaitingErasure {
  readonly id: string;
  readonly revision: number;
  readonly step: ErasureStep;
  readonly until: number;
  readonly dueAt: number;
}

/** What happens to an erasure after a pass. */
export type NextStep =
  | { readonly status: 'running'; readonly step: ErasureStep; readonly dueAt: number; readonly tries: number }
  | { readonly status: 'failed' }
  | { readonly status: 'done'; readonly at: number };

/** What a pass leaves behind for one of its members. */
export interface ErasureSettlement {
  /** The pass's number: an erasure is settled once for each. */
  readonly pass: number;
  /** As it was read. */
  readonly erasure: Erasure;
  /** By the name of the place, what the pass erased there. */
  readonly counts: Readonly<Record<string, PlaceCount>>;
  /** Undefined if this pass does not move the erasure on: then only the counts are added, whatever state it has. */
  readonly next: NextStep | undefined;
}

/**
 * Erasures, their receipts, and the queue of those that wait for a pass, in the `users` table. Reads are consistent.
 */
export interface ErasureStore {
  /**
   * Begins an erasure, or finds the person's erasure that has not ended. That one is extended if it would not cover
   * this request, and runs again if it had failed. In both cases it begins again with its first step, due at once.
   */
  begin(start: ErasureStart): Promise<Erasure>;
  find(id: string): Promise<Erasure | undefined>;
  /** Those that exist, by id. */
  findAll(ids: readonly string[]): Promise<Map<string, Erasure>>;
  /** The id of a person's erasure that has not ended. */
  findOf(userId: string): Promise<string | undefined>;
  /** Those that are due, page by page; the one that has waited longest comes first. */
  listDue(now: number): AsyncIterable<WaitingErasure>;
  /** Adds to what was erased in a place. */
  credit(id: string, place: string, count: PlaceCount): Promise<void>;
  /**
   * Adds what a pass erased and moves the erasure on, in one write. With the last step the person is forgotten. False
   * if this pass has settled it before, or if it is to be moved on and is no longer as it was read.
   */
  settle(settlement: ErasureSettlement): Promise<boolean>;
  /** Marks an erasure as failed, if it still is as it was read. */
  fail(erasure: Erasure): Promise<boolean>;
}
