/** The largest body of a request that writes a profile. */
export const MAX_PROFILE_BODY_BYTES = 65_536;

/** The largest profile, in bytes of JSON. A thousand of them are far more than a function can answer. */
export const MAX_PROFILE_BYTES = 16_384;

/** How long a request tries to change a user whom other requests change too. The function's time-out is longer. */
export const CHANGE_BUDGET_MS = 9_000;
