import type { ArchiveRun } from '../metrics-store/metrics-store.ts';

/**
 * `gathering`: the pass has no members yet. `walking`: it has all members that it will ever have, and walks over the
 * archive. `settling`: no count is added any more; members are moved on. `over`: another pass may begin.
 */
export type PassPhase = 'gathering' | 'walking' | 'settling' | 'over';

/** How far a pass has walked. */
export interface Walked {
  /** Which part of the archive's S3 bucket: an index. */
  readonly area: number;
  /** The last object that was done in it; undefined before the first. */
  readonly after: string | undefined;
  /** The earliest hour in which something must be looked for again; undefined if there is none. */
  readonly waitingHour: number | undefined;
  /** The hour of the object that could not be read or written at the last attempt; undefined if there is none. */
  readonly failingHour: number | undefined;
}

/** One walk over the archive for all erasures that were due when it began. */
export interface Pass {
  /** 1 for the first pass; 0 if there never was one. */
  readonly number: number;
  readonly phase: PassPhase;
  /** The name of the execution that works on it. */
  readonly execution: string;
  /** When it began to walk; while it gathers, when the pass before it did. Epoch milliseconds, 0 for never. */
  readonly beganAt: number;
  /** The list of its members. */
  readonly members: MemberList | undefined;
  readonly walked: Walked;
}

/** Where a list of members is. */
export interface MemberList {
  readonly name: string;
  readonly parts: number;
}

/** An erasure whose step a pass takes. */
export interface PassMember {
  readonly id: string;
  /** The erasure's revision at that time: if it has another one by now, the pass does not move it on. */
  readonly revision: number;
}

/** What one rewritten object held. */
export interface ObjectCounts {
  /** The receipt's place. */
  readonly place: string;
  /** The object's new name. */
  readonly key: string;
  /** Lines, records or items by the members' places in the list. */
  readonly counts: ReadonlyMap<number, number>;
}

/** An object of the archive that was rewritten without the lines of some people. */
export interface ReplacedRun extends ObjectCounts {
  /** As it was read: the write is conditional on its digest. */
  readonly run: ArchiveRun;
  readonly digest: string;
}

export const NOT_WALKED: Walked = { area: 0, after: undefined, waitingHour: undefined, failingHour: undefined };
export const NO_PASS: Pass = {
  ...{ number: 0, phase: 'over', execution: '', beganAt: 0, members: undefined, walked: NOT_WALKED },
};

/**
 * The pass under way, in the `users` table; there is at most one. Every write is on condition of the pass's number and
 * phase. If these have changed, the write returns false, or does nothing.
 */
export interface PassStore {
  /** The newest one. */
  find(): Promise<Pass>;
  /** Begins the next pass after one that is over; undefined if another caller has. */
  begin(before: Pass, execution: string): Promise<Pass | undefined>;
  /** Names another execution in place of one that ended; undefined if another caller has, or the pass has gone on. */
  restart(pass: Pass, execution: string): Promise<Pass | undefined>;
  /** Gives a pass its members, and begins its walk. */
  open(pass: number, members: readonly PassMember[], at: number): Promise<boolean>;
  /** In the order in which `open` was given them. */
  listMembers(pass: Pass): Promise<PassMember[]>;
  /** Records how far it walked. */
  save(pass: number, walked: Walked): Promise<boolean>;
  /** Gives a run its new digest and the pass its counts, in one write; false also if the run has changed. */
  replaceRun(pass: number, replaced: ReplacedRun): Promise<boolean>;
  /** Gives the pass the counts of an object that has no run. */
  count(pass: number, counts: ObjectCounts): Promise<boolean>;
  /** Ends the walk: no counts are added any more. */
  endWalk(pass: number): Promise<boolean>;
  /** All counts of a pass, page by page. */
  listCounts(pass: number): AsyncIterable<ObjectCounts>;
  /** Ends a pass that found no members, or that has settled all of them: its members and counts are removed first. */
  end(pass: number, phase: 'gathering' | 'settling'): Promise<void>;
}
