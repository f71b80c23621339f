// Written by `npm run client-api` from the OpenAPI document of the API. Do not change it by hand.

/** Something that a user did. Unknown fields are kept with the raw event and otherwise ignored. */
export interface Event {
  /** Identifies the event among those of its action: sent twice with the same id, it counts once. */
  readonly id?: string;
  /** The user who did it. */
  readonly userId: string;
  /** The name of what was done. Names beginning with __ are reserved; . and .. are refused, because they are steps in the path of the metrics. */
  readonly action: string;
  /** When it happened: epoch milliseconds, or RFC 3339 (digits past the millisecond are dropped). */
  readonly timestamp: number | string;
  /** The number that is summed; 0 if it is left out. The number of events is counted in any case. */
  readonly value?: number;
  /** More about the event: at most 32 scalar values, 8 KB in all. */
  readonly properties?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Events to count */
export interface Events {
  readonly events: readonly Event[];
}

/** The result for the events */
export interface Accepted {
  /** Events that are on the stream now */
  readonly accepted: number;
  readonly rejected: readonly {
    /** Its index in events, from 0 */
    readonly index: number;
    /** JSON pointer into the body */
    readonly pointer: string;
    /** Stable name: shape, timestamp-range, too-large, or action-not-allowed (the key is limited to other actions) */
    readonly reason: string;
    /** For people; may change */
    readonly detail: string;
    /** All faults of the event, including the first */
    readonly errors: readonly {
      /** JSON pointer into the body */
      readonly pointer: string;
      /** Stable name: shape, timestamp-range, too-large, or action-not-allowed (the key is limited to other actions) */
      readonly reason: string;
      /** For people; may change */
      readonly detail: string;
    }[];
  }[];
}

/** The totals of all buckets */
export interface Totals {
  readonly count: number;
  readonly sum: number;
  /** Null without events */
  readonly min: number | null;
  /** Null without events */
  readonly max: number | null;
  /** sum / count; null without events */
  readonly mean: number | null;
  /** Distinct users, with an error of about 2 %; null unless all buckets begin and end with an hour of UTC */
  readonly users: number | null;
  /** Median, with an error of at most 2 %; null where `users` is */
  readonly p50: number | null;
  /** 95th percentile, with an error of at most 2 %; null where `users` is */
  readonly p95: number | null;
  /** 99th percentile, with an error of at most 2 %; null where `users` is */
  readonly p99: number | null;
}

/** The buckets of one action */
export interface Series {
  readonly action: string;
  readonly interval: "minute" | "hour" | "day" | "week" | "month";
  /** A name of IANA, in its usual spelling */
  readonly timeZone: string;
  /** Inclusive; rounded down to the interval */
  readonly from: string;
  /** Exclusive; rounded up to the interval */
  readonly to: string;
  readonly series: readonly ({
    /** RFC 3339, in UTC with milliseconds */
    readonly start: string;
    readonly count: number;
    readonly sum: number;
    /** Null without events */
    readonly min: number | null;
    /** Null without events */
    readonly max: number | null;
    /** sum / count; null without events */
    readonly mean: number | null;
    /** Distinct users, with an error of about 2 %; null unless all buckets begin and end with an hour of UTC */
    readonly users: number | null;
    /** Median, with an error of at most 2 %; null where `users` is */
    readonly p50: number | null;
    /** 95th percentile, with an error of at most 2 %; null where `users` is */
    readonly p95: number | null;
    /** 99th percentile, with an error of at most 2 %; null where `users` is */
    readonly p99: number | null;
  })[];
  readonly total: Totals;
  /** Every event that arrived before this time is counted; null before the first event and the first sweep */
  readonly asOf: string | null;
}

/** One page of actions */
export interface Actions {
  readonly items: readonly {
    readonly action: string;
    readonly count: number;
    /** RFC 3339, in UTC with milliseconds */
    readonly firstSeen: string;
    /** RFC 3339, in UTC with milliseconds */
    readonly lastSeen: string;
  }[];
  /** The cursor of the next page; absent on the last page */
  readonly cursor?: string;
}

/** A key to make */
export interface NewKey {
  /** For people: the user of the key */
  readonly name: string;
  /** The permissions of the key: at most those of the key that makes it */
  readonly scopes: readonly ("events:write" | "metrics:read" | "users:read" | "users:write" | "reports:read" | "reports:write" | "alerts:read" | "alerts:write" | "webhooks:read" | "webhooks:write" | "keys:read" | "keys:write")[];
  /** From this time the key is refused. Without it, the key is valid until it is removed */
  readonly expiresAt?: string;
  /** Limits events and metrics to actions that begin with one of these */
  readonly actionPrefixes?: readonly string[];
}

/** A key, without its text */
export interface Key {
  /** Identifies the key; does not show its text */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly ("events:write" | "metrics:read" | "users:read" | "users:write" | "reports:read" | "reports:write" | "alerts:read" | "alerts:write" | "webhooks:read" | "webhooks:write" | "keys:read" | "keys:write")[];
  /** Absent if the key may use all actions */
  readonly actionPrefixes?: readonly string[];
  /** Only an active key is accepted */
  readonly status: "active" | "expired" | "removed";
  /** RFC 3339, in UTC with milliseconds */
  readonly createdAt: string;
  /** Id of the key that made it; `bootstrap` is the administrator’s key */
  readonly createdBy: string;
  /** Absent if the key never expires */
  readonly expiresAt?: string;
  /** Some minutes late at most; absent before the first use */
  readonly lastUsedAt?: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly removedAt?: string;
  /** Id of the key that removed it */
  readonly removedBy?: string;
  /** Id of the removed key of which it is a descendant; absent if this key itself was removed */
  readonly removedWith?: string;
}

/** A new key, with its text */
export interface KeyWithText {
  /** Identifies the key; does not show its text */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly ("events:write" | "metrics:read" | "users:read" | "users:write" | "reports:read" | "reports:write" | "alerts:read" | "alerts:write" | "webhooks:read" | "webhooks:write" | "keys:read" | "keys:write")[];
  /** Absent if the key may use all actions */
  readonly actionPrefixes?: readonly string[];
  /** Only an active key is accepted */
  readonly status: "active" | "expired" | "removed";
  /** RFC 3339, in UTC with milliseconds */
  readonly createdAt: string;
  /** Id of the key that made it; `bootstrap` is the administrator’s key */
  readonly createdBy: string;
  /** Absent if the key never expires */
  readonly expiresAt?: string;
  /** Some minutes late at most; absent before the first use */
  readonly lastUsedAt?: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly removedAt?: string;
  /** Id of the key that removed it */
  readonly removedBy?: string;
  /** Id of the removed key of which it is a descendant; absent if this key itself was removed */
  readonly removedWith?: string;
  /** The bearer key. It is shown once: a repeated request with an Idempotency-Key gets an answer without it */
  readonly key?: string;
}

/** One page of keys */
export interface Keys {
  readonly items: readonly Key[];
  /** The cursor of the next page; absent on the last page */
  readonly cursor?: string;
}

/** At most 16,384 bytes of JSON, and 32 levels */
export interface Profile {
  readonly name?: string;
  /** Text before and after an @. Weir sends no mail to it */
  readonly email?: string;
  /** Any JSON */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** A JSON Merge Patch (RFC 7396), at most 32 levels. null removes a field. The result must be a Profile */
export interface ProfilePatch {
  readonly name?: string | null;
  readonly email?: string | null;
  readonly attributes?: Readonly<Record<string, unknown>> | null;
}

/** The picture of a user */
export interface Avatar {
  readonly status: "pending" | "ready" | "rejected";
  /** The reason of a rejection */
  readonly reason?: string;
  /** Signed, and valid for some minutes */
  readonly url?: string;
  /** Signed, and valid for some minutes */
  readonly thumbnailUrl?: string;
}

/** A user */
export interface User {
  readonly userId: string;
  readonly name?: string;
  /** Text before and after an @. Weir sends no mail to it */
  readonly email?: string;
  /** Any JSON */
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly avatar: Avatar | null;
  /** RFC 3339, in UTC with milliseconds */
  readonly createdAt: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly updatedAt: string;
}

/** One page of users */
export interface Users {
  readonly items: readonly User[];
  /** The cursor of the next page; absent on the last page */
  readonly cursor?: string;
}

/** The activity of one user */
export interface Activity {
  readonly userId: string;
  /** Inclusive; rounded down to the day */
  readonly from: string;
  /** Exclusive; rounded up to the day */
  readonly to: string;
  readonly items: readonly {
    /** In UTC */
    readonly day: string;
    readonly action: string;
    readonly count: number;
    readonly sum: number;
  }[];
}

/** The image to upload */
export interface AvatarRequest {
  readonly contentType: "image/jpeg" | "image/png" | "image/webp" | "image/gif" | "image/avif";
  /** Its exact length in bytes */
  readonly size: number;
}

/** The address for an upload */
export interface AvatarUpload {
  /** The request to send, with the image as its body. It is shown once: a repeated request with an Idempotency-Key gets an answer without it */
  readonly upload?: {
    readonly method: "PUT";
    /** Signed */
    readonly url: string;
    /** Headers to send */
    readonly headers: Readonly<Record<string, string>>;
  };
  /** RFC 3339, in UTC with milliseconds */
  readonly expiresAt: string;
}

/** The receipt of an erasure */
export interface Erasure {
  readonly id: string;
  /** To continue a failed erasure, delete the user again */
  readonly status: "running" | "done" | "failed";
  /** SHA-256 (hex) of `<id>:<user id>` */
  readonly userHash: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly requestedAt: string;
  /** Events that arrived before this time are erased */
  readonly coversUntil: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly finishedAt?: string;
  readonly places: readonly ({
    readonly name: string;
    /** `erasing` until the last pass has ended, as late events may still arrive */
    readonly status: "erasing" | "erased" | "expires" | "expired";
    readonly description: string;
    /** Lines, records or items erased so far */
    readonly items?: number;
    /** Objects that contained them */
    readonly objects?: number;
    /** When this place was last erased */
    readonly erasedAt?: string;
    /** When the last data is gone */
    readonly expiresAt?: string;
  })[];
}

/** A question that takes work */
export interface Question {
  /** What to count: `summary` the actions of each day, `retention` the users who come again week by week, `funnel` the users who do one step after another */
  readonly kind: "summary" | "retention" | "funnel";
  /** Inclusive: RFC 3339 or epoch milliseconds, and not in the future. A summary rounds it down to a day */
  readonly from: string | number;
  /** Exclusive. A summary rounds it up to a day. If it is in the future, the report has what is counted when its work begins */
  readonly to: string | number;
  /** A name of IANA, such as `Europe/Berlin`; without it, UTC */
  readonly timeZone?: string;
  /** Only these actions, of a summary or a retention; without it, all */
  readonly actions?: readonly string[];
  /** The actions of a funnel in their order; an action may occur again */
  readonly steps?: readonly string[];
  /** Of a funnel: each step is at most so long after the first one, also past `to`; without it, 86400 (a day) */
  readonly windowSeconds?: number;
}

/** A report that was asked for. It has `links` when it is done */
export interface Job {
  readonly id: string;
  readonly kind: "summary" | "retention" | "funnel";
  readonly status: "queued" | "running" | "done" | "failed" | "cancelled";
  /** Why it failed */
  readonly reason?: string;
  /** The parts of its work */
  readonly parts: {
    /** Parts that have ended */
    readonly done: number;
    /** All parts; 0 until the work begins */
    readonly total: number;
  };
  /** Inclusive */
  readonly from: string;
  /** Exclusive */
  readonly to: string;
  readonly timeZone: string;
  /** As they were asked for; absent for all */
  readonly actions?: readonly string[];
  /** Of a funnel */
  readonly steps?: readonly string[];
  /** Of a funnel */
  readonly windowSeconds?: number;
  /** RFC 3339, in UTC with milliseconds */
  readonly createdAt: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly endedAt?: string;
  /** Its files */
  readonly links?: {
    /** Signed, and valid until `expiresAt` */
    readonly json: string;
    /** Signed, and valid until `expiresAt` */
    readonly csv: string;
    /** Signed, and valid until `expiresAt` */
    readonly html: string;
    /** RFC 3339, in UTC with milliseconds */
    readonly expiresAt: string;
  };
}

/** A daily report, without its files */
export interface DailyReportSummary {
  readonly id: string;
  readonly kind: "daily";
  readonly status: "done";
  /** Grows when late events change the figures */
  readonly revision: number;
  /** The time zone of its day */
  readonly timeZone: string;
  /** Inclusive */
  readonly from: string;
  /** Exclusive */
  readonly to: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly createdAt: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly revisedAt: string;
}

/** A report, without its files */
export type ReportSummary = DailyReportSummary | Job;

/** One page of reports */
export interface Reports {
  readonly items: readonly ReportSummary[];
  /** The cursor of the next page; absent on the last page */
  readonly cursor?: string;
}

/** A daily report */
export interface DailyReport {
  readonly id: string;
  readonly kind: "daily";
  readonly status: "done";
  /** Grows when late events change the figures */
  readonly revision: number;
  /** The time zone of its day */
  readonly timeZone: string;
  /** Inclusive */
  readonly from: string;
  /** Exclusive */
  readonly to: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly createdAt: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly revisedAt: string;
  /** Its files */
  readonly links: {
    /** Signed, and valid until `expiresAt` */
    readonly json: string;
    /** Signed, and valid until `expiresAt` */
    readonly csv: string;
    /** Signed, and valid until `expiresAt` */
    readonly html: string;
    /** RFC 3339, in UTC with milliseconds */
    readonly expiresAt: string;
  };
}

/** A report: of a day, or one that was asked for */
export type Report = DailyReport | Job;

/** The audit of a day */
export interface Audit {
  readonly date: string;
  /** The time zone of its day */
  readonly timeZone: string;
  /** Inclusive: whole hours of UTC around the day */
  readonly from: string;
  /** Exclusive */
  readonly to: string;
  /** Events that arrived before this time were compared; null before the first event and the first sweep */
  readonly asOf: string | null;
  /** RFC 3339, in UTC with milliseconds */
  readonly auditedAt: string;
  readonly status: "clean" | "drift";
  /** The number of buckets that differ, and of objects that are missing or damaged */
  readonly drift: number;
  readonly buckets: readonly ({
    readonly action: string;
    readonly unit: "minute" | "hour" | "day";
    /** RFC 3339, in UTC with milliseconds */
    readonly start: string;
    readonly field: "count" | "sum" | "min" | "max" | "users" | "values";
    /** What is stored, and answered */
    readonly stored: string;
    /** What the lines of the archive give */
    readonly archived: string;
  })[];
  /** Keys of objects of the archive that are missing or damaged; the file says which of the two */
  readonly missingObjects: readonly string[];
  /** Whether the answer has all differences, and not only the file */
  readonly isComplete: boolean;
  /** How far each log was read */
  readonly heads: readonly ({
    readonly logId: string;
    /** Its newest entry; -1 if there is none */
    readonly number: number;
    /** Where its newest entry ends; null if there is none */
    readonly position: {
      readonly sequenceNumber: string;
      readonly index: number;
    } | null;
  })[];
  /** The file with all differences */
  readonly links: {
    /** Signed, and valid until `expiresAt` */
    readonly json: string;
    /** RFC 3339, in UTC with milliseconds */
    readonly expiresAt: string;
  };
}

/** A rule to make. It needs `threshold` or `relative`, unless it is `silent` */
export interface NewAlert {
  /** For people, and in each message */
  readonly name: string;
  /** An action, a prefix such as `checkout.*`, or `*`: the actions that it matches are one series */
  readonly action: string;
  /** What is compared; without it, `count`. Minutes have no `users` and no `p95` */
  readonly field?: "count" | "sum" | "mean" | "users" | "p95";
  /** The width of a bucket, in UTC; without it, `minute` */
  readonly interval?: "minute" | "hour" | "day";
  /** When it fires. `silent`: nothing was counted in the bucket */
  readonly comparison: "above" | "below" | "silent";
  /** Of `above` and `below`, unless the rule has `relative` */
  readonly threshold?: number;
  /** Compares with an earlier bucket. A bucket without one to compare with does not fire */
  readonly relative?: {
    /** The bucket before, or the same one a day or a week earlier */
    readonly to: "previous" | "day" | "week";
    /** How far above or below the earlier bucket */
    readonly percent: number;
    /** The least count of the bucket (`above`) or of the earlier one (`below`) for which it fires; without it, 0 */
    readonly minCount?: number;
  };
  /** How long a bucket waits for late events after its end; without it, 60 */
  readonly lateSeconds?: number;
  /** When it is told again: after it has recovered, or `cooldownSeconds` after it was told; without it, `recovered` */
  readonly repeat?: "recovered" | "cooldown";
  /** Without it, 600 */
  readonly cooldownSeconds?: number;
  /** Without it, true. A rule that is not enabled judges nothing */
  readonly enabled?: boolean;
  /** Until then it fires, and nobody is told */
  readonly mutedUntil?: string;
  /** Where it is told; without it, at every webhook that takes `alert.fired` */
  readonly channels?: readonly ({
    readonly type: "webhook" | "email";
    /** Of a webhook; without it, every endpoint that takes the event */
    readonly endpointId?: string;
    /** Of an email: the address */
    readonly to?: string;
  })[];
}

/** A JSON Merge Patch (RFC 7396). null removes a field. The result must be a NewAlert */
export interface AlertPatch {
  readonly name?: string | null;
  readonly action?: string | null;
  readonly field?: "count" | "sum" | "mean" | "users" | "p95" | null;
  readonly interval?: "minute" | "hour" | "day" | null;
  readonly comparison?: "above" | "below" | "silent" | null;
  readonly threshold?: number | null;
  readonly relative?: {
    /** The bucket before, or the same one a day or a week earlier */
    readonly to: "previous" | "day" | "week";
    /** How far above or below the earlier bucket */
    readonly percent: number;
    /** The least count of the bucket (`above`) or of the earlier one (`below`) for which it fires; without it, 0 */
    readonly minCount?: number;
  } | null;
  readonly lateSeconds?: number | null;
  readonly repeat?: "recovered" | "cooldown" | null;
  readonly cooldownSeconds?: number | null;
  readonly enabled?: boolean | null;
  readonly mutedUntil?: string | null;
  readonly channels?: readonly ({
    readonly type: "webhook" | "email";
    /** Of a webhook; without it, every endpoint that takes the event */
    readonly endpointId?: string;
    /** Of an email: the address */
    readonly to?: string;
  })[] | null;
}

/** A rule, and the range in which it would have judged: at most 20 actions and 1500 buckets */
export interface AlertPreview {
  /** For people, and in each message */
  readonly name?: string;
  /** An action, a prefix such as `checkout.*`, or `*`: the actions that it matches are one series */
  readonly action: string;
  /** What is compared; without it, `count`. Minutes have no `users` and no `p95` */
  readonly field?: "count" | "sum" | "mean" | "users" | "p95";
  /** The width of a bucket, in UTC; without it, `minute` */
  readonly interval?: "minute" | "hour" | "day";
  /** When it fires. `silent`: nothing was counted in the bucket */
  readonly comparison: "above" | "below" | "silent";
  /** Of `above` and `below`, unless the rule has `relative` */
  readonly threshold?: number;
  /** Compares with an earlier bucket. A bucket without one to compare with does not fire */
  readonly relative?: {
    /** The bucket before, or the same one a day or a week earlier */
    readonly to: "previous" | "day" | "week";
    /** How far above or below the earlier bucket */
    readonly percent: number;
    /** The least count of the bucket (`above`) or of the earlier one (`below`) for which it fires; without it, 0 */
    readonly minCount?: number;
  };
  /** How long a bucket waits for late events after its end; without it, 60 */
  readonly lateSeconds?: number;
  /** When it is told again: after it has recovered, or `cooldownSeconds` after it was told; without it, `recovered` */
  readonly repeat?: "recovered" | "cooldown";
  /** Without it, 600 */
  readonly cooldownSeconds?: number;
  /** Without it, true. A rule that is not enabled judges nothing */
  readonly enabled?: boolean;
  /** Until then it fires, and nobody is told */
  readonly mutedUntil?: string;
  /** Where it is told; without it, at every webhook that takes `alert.fired` */
  readonly channels?: readonly ({
    readonly type: "webhook" | "email";
    /** Of a webhook; without it, every endpoint that takes the event */
    readonly endpointId?: string;
    /** Of an email: the address */
    readonly to?: string;
  })[];
  /** RFC 3339 or epoch milliseconds, inclusive, rounded down to a bucket; without it, a day before `to` for minutes, a week for hours, and 90 days for days */
  readonly from?: string | number;
  /** Exclusive; without it, now. A bucket that is not over is left out */
  readonly to?: string | number;
}

/** A rule */
export interface Alert {
  readonly id: string;
  /** For people, and in each message */
  readonly name: string;
  /** An action, a prefix such as `checkout.*`, or `*`: the actions that it matches are one series */
  readonly action: string;
  /** What is compared; without it, `count`. Minutes have no `users` and no `p95` */
  readonly field: "count" | "sum" | "mean" | "users" | "p95";
  /** The width of a bucket, in UTC; without it, `minute` */
  readonly interval: "minute" | "hour" | "day";
  /** When it fires. `silent`: nothing was counted in the bucket */
  readonly comparison: "above" | "below" | "silent";
  /** Of `above` and `below`, unless the rule has `relative` */
  readonly threshold?: number;
  /** Compares with an earlier bucket. A bucket without one to compare with does not fire */
  readonly relative?: {
    /** The bucket before, or the same one a day or a week earlier */
    readonly to: "previous" | "day" | "week";
    /** How far above or below the earlier bucket */
    readonly percent: number;
    /** The least count of the bucket (`above`) or of the earlier one (`below`) for which it fires; without it, 0 */
    readonly minCount?: number;
  };
  /** How long a bucket waits for late events after its end; without it, 60 */
  readonly lateSeconds: number;
  /** When it is told again: after it has recovered, or `cooldownSeconds` after it was told; without it, `recovered` */
  readonly repeat: "recovered" | "cooldown";
  /** Without it, 600 */
  readonly cooldownSeconds: number;
  /** Without it, true. A rule that is not enabled judges nothing */
  readonly enabled: boolean;
  /** Until then it fires, and nobody is told */
  readonly mutedUntil?: string;
  /** Where it is told; without it, at every webhook that takes `alert.fired` */
  readonly channels: readonly ({
    readonly type: "webhook" | "email";
    /** Of a webhook; without it, every endpoint that takes the event */
    readonly endpointId?: string;
    /** Of an email: the address */
    readonly to?: string;
  })[];
  /** `waiting`: buckets cannot be closed at the moment, as a part of the stream is behind */
  readonly state: "ok" | "firing" | "waiting";
  /** The last bucket that was judged after it closed */
  readonly lastEvaluated?: {
    /** Its start */
    readonly bucket: string;
    /** Null if the bucket has no such value */
    readonly value: number | null;
    /** When it was judged */
    readonly at: string;
  };
  /** RFC 3339, in UTC with milliseconds */
  readonly createdAt: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly updatedAt: string;
}

/** One page of rules */
export interface Alerts {
  readonly items: readonly Alert[];
  /** The cursor of the next page; absent on the last page */
  readonly cursor?: string;
}

/** A bucket for which a rule fired, with the rule as it was then */
export interface Firing {
  readonly id: string;
  /** An action, a prefix such as `checkout.*`, or `*`: the actions that it matches are one series */
  readonly action: string;
  /** What is compared; without it, `count`. Minutes have no `users` and no `p95` */
  readonly field: "count" | "sum" | "mean" | "users" | "p95";
  /** When it fires. `silent`: nothing was counted in the bucket */
  readonly comparison: "above" | "below" | "silent";
  /** Of `above` and `below`, unless the rule has `relative` */
  readonly threshold?: number;
  /** Compares with an earlier bucket. A bucket without one to compare with does not fire */
  readonly relative?: {
    /** The bucket before, or the same one a day or a week earlier */
    readonly to: "previous" | "day" | "week";
    /** How far above or below the earlier bucket */
    readonly percent: number;
    /** The least count of the bucket (`above`) or of the earlier one (`below`) for which it fires; without it, 0 */
    readonly minCount?: number;
  };
  /** The bucket */
  readonly bucket: {
    /** RFC 3339, in UTC with milliseconds */
    readonly start: string;
    /** Exclusive */
    readonly end: string;
    /** The width of a bucket, in UTC; without it, `minute` */
    readonly interval: "minute" | "hour" | "day";
    /** False if it fired before the bucket was over */
    readonly closed: boolean;
  };
  /** What was compared */
  readonly value: number;
  /** Of `relative`: the value of the earlier bucket */
  readonly baseline?: number;
  readonly count: number;
  /** Every event that arrived before this time is counted; null before the first event and the first sweep */
  readonly asOf: string | null;
  /** It fired much later than the bucket closed */
  readonly late: boolean;
  /** False in cool-down, while muted, and while the rule fired already */
  readonly notified: boolean;
  /** RFC 3339, in UTC with milliseconds */
  readonly firedAt: string;
  /** Of the firing that was told last: when the rule recovered */
  readonly recoveredAt?: string;
  /** How many of its mails ended how, so far. `capped`: beyond `mailsPerDay`; `quiet`: mailed within the cool-down; `ended`: the address gets no mail; `refused`: by SES; `uncertain`: nobody knows whether it is out; `stale`: not sent for a day */
  readonly mails?: {
    readonly sent?: number;
    readonly capped?: number;
    readonly quiet?: number;
    readonly ended?: number;
    readonly refused?: number;
    readonly uncertain?: number;
    readonly stale?: number;
  };
}

/** One page of firings */
export interface Firings {
  readonly items: readonly Firing[];
  /** The cursor of the next page; absent on the last page */
  readonly cursor?: string;
}

/** The buckets for which a rule would have fired */
export interface PreviewedFirings {
  /** An action, a prefix such as `checkout.*`, or `*`: the actions that it matches are one series */
  readonly action: string;
  /** What is compared; without it, `count`. Minutes have no `users` and no `p95` */
  readonly field: "count" | "sum" | "mean" | "users" | "p95";
  /** The width of a bucket, in UTC; without it, `minute` */
  readonly interval: "minute" | "hour" | "day";
  /** Inclusive; rounded down to a bucket */
  readonly from: string;
  /** Exclusive: the end of the last bucket that was judged */
  readonly to: string;
  readonly firings: readonly {
    /** RFC 3339, in UTC with milliseconds */
    readonly start: string;
    /** Exclusive */
    readonly end: string;
    /** What was compared */
    readonly value: number;
    /** Of `relative`: the value of the earlier bucket */
    readonly baseline?: number;
    readonly count: number;
  }[];
  /** Every event that arrived before this time is counted; null before the first event and the first sweep */
  readonly asOf: string | null;
}

/** An endpoint to make */
export interface NewWebhook {
  /** Takes the messages by POST: an HTTPS address, on public IPv4 addresses only. On your machine HTTP and `localhost` too */
  readonly url: string;
  /** The events that it takes */
  readonly events: readonly ("alert.fired" | "alert.recovered" | "report.ready" | "user.erased" | "endpoint.disabled" | "message.attempt.exhausted")[];
  /** `standard` is Standard Webhooks, signed; `slack` is the body of a Slack channel’s incoming webhook, unsigned. Without it, `standard` */
  readonly format?: "standard" | "slack";
  /** Also signs with a key pair (`v1a`): receivers then need only the public key. Without it, false */
  readonly asymmetric?: boolean;
}

/** The fields of an endpoint to change. No field can be removed */
export interface WebhookPatch {
  /** Takes the messages by POST: an HTTPS address, on public IPv4 addresses only. On your machine HTTP and `localhost` too */
  readonly url?: string;
  /** The events that it takes */
  readonly events?: readonly ("alert.fired" | "alert.recovered" | "report.ready" | "user.erased" | "endpoint.disabled" | "message.attempt.exhausted")[];
  /** While it is disabled, its messages are held. `enabled` sends new ones; held ones wait for a recovery */
  readonly status?: "enabled" | "disabled";
}

/** The messages to send again, by their times */
export interface WebhookRecovery {
  /** Inclusive */
  readonly since: string;
  /** Exclusive; without it, now */
  readonly until?: string;
}

/** An endpoint, without its secrets */
export interface Webhook {
  readonly id: string;
  /** Takes the messages by POST: an HTTPS address, on public IPv4 addresses only. On your machine HTTP and `localhost` too */
  readonly url: string;
  /** The events that it takes */
  readonly events: readonly ("alert.fired" | "alert.recovered" | "report.ready" | "user.erased" | "endpoint.disabled" | "message.attempt.exhausted")[];
  /** `standard` is Standard Webhooks, signed; `slack` is the body of a Slack channel’s incoming webhook, unsigned. Without it, `standard` */
  readonly format: "standard" | "slack";
  /** Whether messages are also signed with a key pair */
  readonly asymmetric: boolean;
  /** Of an asymmetric endpoint: verifies `v1a` signatures */
  readonly publicKey?: string;
  readonly status: "enabled" | "disabled";
  /** Why messages are held */
  readonly disabled?: {
    /** `gone`: it answered 410. `failing`: it failed for five days. `asked`: by a PATCH */
    readonly reason: "gone" | "failing" | "asked";
    /** RFC 3339, in UTC with milliseconds */
    readonly since: string;
  };
  /** The first failure since the last success; absent if there was none */
  readonly failingSince?: string;
  /** It asked for a pause (`Retry-After`, 429, 502 or 504) until then */
  readonly pausedUntil?: string;
  /** After a rotation: until then the old secrets sign too */
  readonly oldSecretsUntil?: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly createdAt: string;
  /** Id of the key that made it */
  readonly createdBy: string;
}

/** An endpoint, with its new secret */
export interface WebhookWithSecret {
  readonly id: string;
  /** Takes the messages by POST: an HTTPS address, on public IPv4 addresses only. On your machine HTTP and `localhost` too */
  readonly url: string;
  /** The events that it takes */
  readonly events: readonly ("alert.fired" | "alert.recovered" | "report.ready" | "user.erased" | "endpoint.disabled" | "message.attempt.exhausted")[];
  /** `standard` is Standard Webhooks, signed; `slack` is the body of a Slack channel’s incoming webhook, unsigned. Without it, `standard` */
  readonly format: "standard" | "slack";
  /** Whether messages are also signed with a key pair */
  readonly asymmetric: boolean;
  /** Of an asymmetric endpoint: verifies `v1a` signatures */
  readonly publicKey?: string;
  readonly status: "enabled" | "disabled";
  /** Why messages are held */
  readonly disabled?: {
    /** `gone`: it answered 410. `failing`: it failed for five days. `asked`: by a PATCH */
    readonly reason: "gone" | "failing" | "asked";
    /** RFC 3339, in UTC with milliseconds */
    readonly since: string;
  };
  /** The first failure since the last success; absent if there was none */
  readonly failingSince?: string;
  /** It asked for a pause (`Retry-After`, 429, 502 or 504) until then */
  readonly pausedUntil?: string;
  /** After a rotation: until then the old secrets sign too */
  readonly oldSecretsUntil?: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly createdAt: string;
  /** Id of the key that made it */
  readonly createdBy: string;
  /** Verifies `v1` signatures; absent for Slack. It is shown once: a repeated request with an Idempotency-Key gets an answer without it */
  readonly secret?: string;
}

/** One page of endpoints */
export interface Webhooks {
  readonly items: readonly Webhook[];
  /** The cursor of the next page; absent on the last page */
  readonly cursor?: string;
}

/** A message to an endpoint */
export interface Delivery {
  /** The id of the message, as receivers get it in `webhook-id` */
  readonly id: string;
  readonly event: "alert.fired" | "alert.recovered" | "report.ready" | "user.erased" | "endpoint.disabled" | "message.attempt.exhausted" | "endpoint.test";
  /** `held`: it waits for a recovery, as the endpoint was disabled when it came */
  readonly status: "pending" | "delivered" | "failed" | "held";
  /** Why it failed */
  readonly reason?: "exhausted" | "aborted" | "gone" | "refused-address";
  /** The last twenty, the oldest first */
  readonly attempts: readonly {
    /** RFC 3339, in UTC with milliseconds */
    readonly at: string;
    /** The status of the answer; absent if there was none */
    readonly status?: number;
    /** Why there was no answer, for people */
    readonly error?: string;
    readonly durationMs: number;
    /** The first kilobyte of the answer’s body */
    readonly response?: string;
  }[];
  /** Only while it is pending */
  readonly nextAttemptAt?: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly createdAt: string;
}

/** One page of deliveries */
export interface Deliveries {
  readonly items: readonly Delivery[];
  /** The cursor of the next page; absent on the last page */
  readonly cursor?: string;
}

/** What is sent again */
export interface WebhookRecovered {
  /** The number of deliveries */
  readonly count: number;
  /** There are more: send it as `since` to go on */
  readonly next?: string;
}

/** An address, and what it gets */
export interface NewAddress {
  /** In ASCII, at a host with a name. Capitals do not matter */
  readonly address: string;
  /** `report.ready`: the daily report. Alerts go to the addresses that their rules name, so it may be empty */
  readonly receives: readonly "report.ready"[];
}

/** Who gets which mail */
export interface Address {
  readonly id: string;
  /** Absent once it is erased */
  readonly address?: string;
  readonly receives: readonly "report.ready"[];
  /** Only an `active` address gets mail. `bounced`: a mail server refused it for ever. `complained`: its reader marked a mail as spam */
  readonly status: "active" | "unsubscribed" | "bounced" | "complained" | "erased";
  /** What a mail server said of one that bounced or complained */
  readonly reason?: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly createdAt: string;
  /** RFC 3339, in UTC with milliseconds */
  readonly updatedAt: string;
}

/** One page of addresses */
export interface Addresses {
  readonly items: readonly Address[];
  /** The cursor of the next page; absent on the last page */
  readonly cursor?: string;
}

/** The function answers */
export interface Health {
  readonly status: "ok";
  readonly service: "api";
  readonly stage: string;
}

/** A problem (RFC 9457) */
export interface Problem {
  /** Stable */
  readonly type: string;
  readonly title: string;
  readonly status?: number;
  readonly detail?: string;
  readonly requestId: string;
  readonly errors?: readonly {
    /** JSON pointer into the body */
    readonly pointer?: string;
    /** Name of a path or query parameter */
    readonly parameter?: string;
    /** Name of a header */
    readonly header?: string;
    /** Stable name of the reason for which an event was refused */
    readonly reason?: string;
    /** For people; may change */
    readonly detail: string;
  }[];
}
