import type { BucketInterval } from './buckets.ts';

/** What is compared: `users` and `p95` are only known of hours and days. */
export type AlertField = 'count' | 'sum' | 'mean' | 'users' | 'p95';

/** `silent` means that nothing was counted in the bucket. */
export type Comparison = 'above' | 'below' | 'silent';

/** Where it is told. A webhook channel without an endpoint means every endpoint that takes the event. */
export type Channel =
  | { readonly type: 'webhook'; readonly endpointId?: string }
  | { readonly type: 'email'; readonly to: string };

/** A comparison with an earlier bucket: the one before, or the same one a day or a week ago. */
export interface Relative {
  readonly to: 'previous' | 'day' | 'week';
  /** How far above or below the baseline, in percent of it. */
  readonly percent: number;
  /** The least count of the bucket (for `above`) or of its baseline (for `below`). */
  readonly minCount: number;
}

/** What a caller asks to be told. Times are epoch milliseconds. */
export interface AlertRule {
  readonly name: string;
  /** An action, a prefix (`checkout.*`), or `*`: all actions that it matches are one series. */
  readonly action: string;
  readonly field: AlertField;
  /** Of UTC. */
  readonly interval: BucketInterval;
  readonly comparison: Comparison;
  /** Of `above` and `below`: this or `relative`. */
  readonly threshold?: number;
  readonly relative?: Relative;
  /** How long after its end a bucket waits for late events before it is closed. */
  readonly lateSeconds: number;
  /** When it is told again: after it recovered, or `cooldownSeconds` after it was told. */
  readonly repeat: 'recovered' | 'cooldown';
  readonly cooldownSeconds: number;
  readonly enabled: boolean;
  /** Until then it fires, and nobody is told. */
  readonly mutedUntil?: number;
  readonly channels: readonly Channel[];
}

/** A rule that fires: from its first bucket for which the rule was true until it recovers. Buckets by their start. */
export interface Episode {
  readonly bucket: number;
  /** The latest bucket for which the rule was true. */
  readonly latest: number;
  /** The latest bucket that was told; undefined while none was. */
  readonly told?: number;
}

/** What evaluations change of an alert. Whoever changes it takes the next `version`, on condition of the one it read. */
export interface AlertState {
  /** 0 for a new alert. */
  readonly version: number;
  readonly episode?: Episode;
  readonly lastNotifiedAt?: number;
}

/** A stored rule. */
export interface Alert extends AlertRule {
  readonly id: string;
  /** Rises with each change of the rule, and not with changes of its state. */
  readonly revision: number;
  /**
   * Start of the first bucket that it judges: the next full one after it was made, was enabled again, or was given
   * another action, field or interval. What fired before is over, and is not told as recovered.
   */
  readonly since: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** A change of the rule leaves it as it is: an episode from before `since` is none. */
  readonly state: AlertState;
}
