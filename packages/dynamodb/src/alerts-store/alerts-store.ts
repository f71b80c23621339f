import type { Alert, EvaluationCursor, Firing, MailOutcome, Recovery, StateChange } from '@weir/alerts';

/** The most rules of a stage. */
export const MAX_ALERTS = 1_000;

/** The table forgets a firing after this time: much later than any bucket is judged again. */
export const FIRING_KEPT_MS = 90 * 24 * 60 * 60_000;

/** One page of rules, ascending by id. */
export interface AlertsPage {
  readonly alerts: readonly Alert[];
  /** The id after which the next page begins; undefined on the last page. */
  readonly next: string | undefined;
}

/** One page of a rule's firings, the latest bucket first. */
export interface FiringsPage {
  readonly firings: readonly Firing[];
  /** The start of the bucket before which the next page begins; undefined on the last page. */
  readonly next: number | undefined;
}

/** All rules as they were at one time, or later. */
export interface AlertSet {
  /** Grows when a caller makes, changes or removes a rule; not when a rule fires or recovers. */
  readonly version: number;
  /** Grows when a rule fires or recovers. Undefined if nobody asked for it. */
  readonly stateChanges: number | undefined;
  readonly alerts: readonly Alert[];
}

/** A recovery, and the firing that it ends. Firings by the starts of their buckets. */
export interface Recovered {
  readonly ended: number;
  readonly recovery: Recovery;
  /** A later firing that is told from now on. */
  readonly told?: number | undefined;
}

/** What came of a firing's mail to an address. */
export interface MailNote {
  readonly addressId: string;
  readonly outcome: MailOutcome;
}

/**
 * Rules, their firings, and how far buckets were judged. Reads are consistent. Each write is conditional, and counts once
 * although it arrives twice.
 */
export interface AlertsStore {
  /** `created` also if this very rule is there, `exists` if its id is another's, `full` if there are 1,000 rules. */
  create(alert: Alert): Promise<'created' | 'exists' | 'full'>;
  find(id: string): Promise<Alert | undefined>;
  list(page: { readonly after: string | undefined; readonly limit: number }): Promise<AlertsPage>;
  /**
   * All rules. `known` comes back, after one small read, if no caller has changed a rule since; and with `hasStates`, if
   * none has fired or recovered either.
   */
  all(known?: AlertSet, asked?: { readonly hasStates: boolean }): Promise<AlertSet>;
  /**
   * Changes a rule whose revision is this one. It takes the next revision, and its state stays as it is stored. False if
   * the rule has another revision, or is removed.
   */
  update(alert: Alert, read: { readonly revision: number }): Promise<boolean>;
  /** Removes a rule: once this is answered, it fires no more. Its firings expire. False if there is none. */
  remove(id: string): Promise<boolean>;
  /**
   * Writes a firing and the state of its rule, in one transaction. `exists` if this rule and bucket fired before,
   * `changed` if the rule is another by now, or removed: nothing is written.
   */
  fire(firing: Firing, change: StateChange): Promise<'fired' | 'exists' | 'changed'>;
  /**
   * Writes a recovery to the firing that it ends, that a later one is told, and the state of its rule, in one
   * transaction. Firings that the table has forgotten are left out. False if the rule is another by now, or removed.
   */
  recover(alertId: string, recovered: Recovered, change: StateChange): Promise<boolean>;
  findFiring(alertId: string, bucketStart: number): Promise<Firing | undefined>;
  /**
   * Notes in a firing what came of its mail to an address. What is noted first stays; only `sent` takes its place, as a
   * message may come again, and late. Nothing happens if the firing is forgotten.
   */
  noteMail(alertId: string, bucketStart: number, note: MailNote): Promise<void>;
  /** Firings of buckets that begin before `after`. */
  firings(alertId: string, page: { readonly after: number | undefined; readonly limit: number }): Promise<FiringsPage>;
  readCursor(): Promise<EvaluationCursor | undefined>;
  /** False if the stored cursor is later: it never goes back. */
  moveCursor(cursor: EvaluationCursor): Promise<boolean>;
}
