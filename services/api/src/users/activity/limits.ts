/** The most days of one user's activity. */
export const MAX_ACTIVITY_DAYS = 400;

/** The default number of days of activity. */
export const DEFAULT_ACTIVITY_DAYS = 30;

/** The most counts in one user's activity: a function answers at most 6 MB. */
export const MAX_ACTIVITY_ITEMS = 20_000;
