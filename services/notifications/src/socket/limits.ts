/** How long a secret is cached. A new secret is used after this time. */
export const SECRET_TTL_MS = 60_000;

/** How long a process remembers that a key is bad. */
export const REFUSED_TTL_MS = 5_000;

/** The most bad keys that a process remembers. */
export const MAX_REFUSED = 1_000;
