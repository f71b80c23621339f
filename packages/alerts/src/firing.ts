import type { Alert, AlertRule, AlertState } from './alert.ts';
import type { BucketInterval } from './buckets.ts';

/** The part of a rule that a message tells, as it was when it fired. */
export type FiredRule = Pick<
  AlertRule,
  'name' | 'action' | 'field' | 'comparison' | 'threshold' | 'relative' | 'channels'
>;

/** What was seen of a bucket when it was judged. Times are epoch milliseconds. */
export interface Observation {
  readonly bucket: {
    readonly start: number;
    /** Exclusive. */
    readonly end: number;
    readonly interval: BucketInterval;
    readonly closed: boolean;
  };
  readonly value: number;
  /** The value of the bucket that a relative rule compares with. */
  readonly baseline?: number;
  readonly count: number;
  /** Arrival up to which everything was counted; undefined before the first event and the first sweep. */
  readonly asOf: number | undefined;
  /** Seen much later than the bucket closed: after an outage, or of events that came late. */
  readonly late: boolean;
}

/** A bucket for which a rule was true. There is one for each alert and bucket, however often it is judged. */
export interface Firing extends Observation {
  readonly id: string;
  readonly alertId: string;
  /** Of the alert that was judged. */
  readonly revision: number;
  readonly rule: FiredRule;
  /** False in cool-down, while muted, and while the rule fires already: until an earlier bucket ends what fired. */
  readonly notified: boolean;
  readonly firedAt: number;
  /** When a recovery told it, epoch milliseconds, if it fired untold. */
  readonly toldAt?: number;
  /** Of the firing that was told last: the later bucket that ended it. */
  readonly recovery?: Recovery;
  /** What came of its mails so far, by the ids of their addresses. */
  readonly mails?: Readonly<Record<string, MailOutcome>>;
}

/** What came of the mail of a firing to an address, which no later try changes unless somebody asks for one. */
export type MailOutcome =
  | 'sent'
  /** The stage has had its mails of the day. */
  | 'capped'
  /** The address was mailed of this rule within the cool-down. */
  | 'quiet'
  /** The address has ended: unsubscribed, bounced, complained, or erased. */
  | 'ended'
  /** SES takes no such mail. */
  | 'refused'
  /** It may be out, once or twice: nobody knows. */
  | 'uncertain'
  /** It could not be sent for a day. */
  | 'stale';

/** How a firing ended: what was seen of the later bucket, or of the same one after late events. */
export interface Recovery extends Observation {
  readonly recoveredAt: number;
}

/** The id of the firing of a bucket. */
export function firingId(alertId: string, bucketStart: number): string {
  return `${alertId}-${bucketStart}`;
}

/**
 * What a firing or a recovery changes of its alert: `to` replaces the alert's state, if the alert is still there, still
 * has the `revision`, and its state is still that of `version`.
 */
export interface StateChange extends Pick<Alert, 'revision'> {
  readonly version: number;
  readonly to: AlertState;
}
