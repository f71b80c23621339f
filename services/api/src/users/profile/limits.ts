/** The most bytes of a body that writes a profile. */
export const MAX_PROFILE_BODY_BYTES = 65_536;

/** The most bytes of a profile as JSON: a thousand of them are far from what a function can answer. */
export const MAX_PROFILE_BYTES = 16_384;

/** How long a request tries to change a user whom others change as well; the function's time-out is longer. */
export const CHANGE_BUDGET_MS = 9_000;
