/** The keys on a page, unless asked otherwise. */
export const DEFAULT_KEYS_PAGE = 100;

/** The most keys through which a key comes to be: so many DynamoDB reads at once, each time that API Gateway asks about it. */
export const MAX_KEY_MAKERS = 100;

/** The largest body that makes a key. */
export const MAX_KEY_BODY_BYTES = 10_000;

/** How long a secret that was read is good for: a rotated one is noticed after this. */
export const SECRET_TTL_MS = 60_000;

/** How far the time of a key's last use may lag: a key in use is written at most so often. */
export const LAST_USE_INTERVAL_MS = 300_000;

/** The most that a request waits for its use to be noted. */
export const LAST_USE_BUDGET_MS = 300;

/** How long a process remembers that a key is bad. API Gateway remembers it for a minute, but for one text of a header. */
export const REFUSED_TTL_MS = 5_000;

/** The most bad keys that a process remembers. */
export const MAX_REFUSED = 1_000;

/** How long checking a key may take; the authorizer's time-out is longer. */
export const AUTHORIZE_BUDGET_MS = 5_000;

/** How long a request tries to reach the keys before it says that it cannot; the function's time-out is longer. */
export const KEYS_BUDGET_MS = 8_000;
