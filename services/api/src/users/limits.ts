/** The most bytes of a body that writes a profile. */
export const MAX_PROFILE_BODY_BYTES = 65_536;

/** The most bytes of a profile as JSON: a thousand of them are far from what a function can answer. */
export const MAX_PROFILE_BYTES = 16_384;

/** The most bytes of users on a page, written as a string: a function answers at most 6 MB, this and a little more. */
export const MAX_USERS_PAGE_BYTES = 5_000_000;

/** The users on a page, unless asked otherwise. */
export const DEFAULT_USERS_PAGE = 100;

/** How long a request tries to change a user whom others change as well; the function's time-out is longer. */
export const CHANGE_BUDGET_MS = 9_000;

/** The most days of one user's activity. */
export const MAX_ACTIVITY_DAYS = 400;

/** The days of activity that are answered unless asked otherwise. */
export const DEFAULT_ACTIVITY_DAYS = 30;

/** The most counts of one user's activity: a function answers at most 6 MB. */
export const MAX_ACTIVITY_ITEMS = 20_000;
