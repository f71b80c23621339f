/** The default number of rules, or of firings, on a page. */
export const DEFAULT_ALERTS_PAGE = 100;

/** The largest body of a request that makes, changes or previews a rule. */
export const MAX_ALERT_BODY_BYTES = 20_000;

/** The most channels of a rule. */
export const MAX_CHANNELS = 10;

/** How long a bucket may wait for late events. */
export const MAX_LATE_SECONDS = 86_400;

export const DEFAULT_LATE_SECONDS = 60;

export const MAX_COOLDOWN_SECONDS = 30 * 86_400;

export const DEFAULT_COOLDOWN_SECONDS = 600;

/** The largest threshold, and the largest change in percent, in either direction. */
export const MAX_THRESHOLD = 1e15;
export const MAX_PERCENT = 1e6;

/** The most actions whose users or values one rule merges: each batch of events merges their sketches. */
export const MAX_SKETCHED_ACTIONS = 100;

/** The most actions that a preview reads. */
export const MAX_PREVIEWED_ACTIONS = 20;

/** The most buckets that a preview judges: the minutes of a day and an hour. */
export const MAX_PREVIEWED_BUCKETS = 1_500;

/** How long a request may read and write before it answers 503. The function's time-out is longer. */
export const ALERTS_BUDGET_MS = 12_000;
