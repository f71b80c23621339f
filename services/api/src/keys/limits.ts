/** The default number of keys on a page. */
export const DEFAULT_KEYS_PAGE = 100;

/** The most makers of a key: as many as one DynamoDB request reads, each time API Gateway asks about the key. */
export const MAX_KEY_MAKERS = 100;

/** The largest body of a request that makes a key. */
export const MAX_KEY_BODY_BYTES = 10_000;

/** How long a secret is cached. A new secret is used after this time. */
export const SECRET_TTL_MS = 60_000;

/** The largest delay of a key's last use: the time is written at most once in this interval. */
export const LAST_USE_INTERVAL_MS = 300_000;

/** How long a request waits until its use is noted. */
export const LAST_USE_BUDGET_MS = 300;

/**
 * How long a process remembers that a key is bad. API Gateway remembers it for a minute, but only for the same text of
 * the header.
 */
export const REFUSED_TTL_MS = 5_000;

/** The most bad keys that a process remembers. */
export const MAX_REFUSED = 1_000;

/** How long checking a key may take. The authorizer's time-out is longer. */
export const AUTHORIZE_BUDGET_MS = 5_000;

/** How long a request tries to reach the keys before it answers 503. The function's time-out is longer. */
export const KEYS_BUDGET_MS = 8_000;
