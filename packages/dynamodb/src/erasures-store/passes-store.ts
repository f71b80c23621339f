import type { ArchiveRun } from '../metrics-store/metrics-store.ts';

/**
 * `gathering`: it has no members yet. `walking`: it has all it will ever have, and goes through the archive.
 * `settling`: no count is added any more; members are moved on. `over`: another one may begin.
 */
export type PassPhase = 'gathering' | 'walking' | 'settling' | 'over';

/** How far a pass has walked. */
export interface Walked {
  /** Which part of the archive's bucket: an index. */
  readonly area: number;
  /** The last object that was done in it; undefined before the first. */
  readonly after: string | undefined;
  /** The earliest hour with something that has to be looked for again; undefined where there is nothing. */
  readonly waitingHour: number | undefined;
  /** The hour of the object that could not be read or written at the last attempt; undefined where there is none. */
  readonly failingHour: number | undefined;
}

/** One walk over the archive for all whose erasures were due when it began. */
export interface Pass {
  /** 1 for the first one; 0 where there never was any. */
  readonly number: number;
  readonly phase: PassPhase;
  /** The name of the execution that works on it. */
  readonly execution: string;
  /** When it began to walk; while it gathers, when the one before did. Epoch milliseconds, 0 for never. */
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
  /** The erasure's own then: where it has another one by now, the pass does not move it on. */
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

/** An object of the archive that was rewritten without some people. */
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
 * The pass under way, in the `users` table: there is one at most. Every write is on condition of its number and phase, and
 * is false, or does nothing, where these have gone on.
 */
export interface PassStore {
  /** The newest one. */
  find(): Promise<Pass>;
  /** Begins the next one after a pass that is over; undefined when somebody else has. */
  begin(before: Pass, execution: string): Promise<Pass | undefined>;
  /** Names another execution in the place of one that ended; undefined when somebody else has, or the pass has gone on. */
  restart(pass: Pass, execution: string): Promise<Pass | undefined>;
  /** Gives a pass its members, and lets it walk. */
  open(pass: number, members: readonly PassMember[], at: number): Promise<boolean>;
  /** In the order in which `open` was given them. */
  listMembers(pass: Pass): Promise<PassMember[]>;
  /** Takes note of how far it walked. */
  save(pass: number, walked: Walked): Promise<boolean>;
  /** Gives a run its new digest and the pass its counts, in one write; false also when the run has moved on. */
  replaceRun(pass: number, replaced: ReplacedRun): Promise<boolean>;
  /** Gives the pass the counts of an object that has no run. */
  count(pass: number, counts: ObjectCounts): Promise<boolean>;
  /** Ends the walk: no counts are added any more. */
  endWalk(pass: number): Promise<boolean>;
  /** All counts of a pass, page by page. */
  listCounts(pass: number): AsyncIterable<ObjectCounts>;
  /** Ends a pass that found nobody, or that has settled everybody: then its members and counts are removed first. */
  end(pass: number, phase: 'gathering' | 'settling'): Promise<void>;
}
