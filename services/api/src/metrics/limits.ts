/** The most buckets in one series: the minutes of a day and an hour. */
export const MAX_BUCKETS = 1_500;

/** The most hours that one series may read from the rows of hours: those of 400 days, and some. */
export const MAX_HOURS = 10_000;

/**
 * The oldest hours that are answered. After this time a row of an hour is removed, and an event that is later still makes
 * a row of itself alone.
 */
export const HOURS_KEPT_DAYS = 400;
