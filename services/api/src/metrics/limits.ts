/** The most buckets in one series: the minutes of a day and an hour. */
export const MAX_BUCKETS = 1_500;

/** The most hours that one series may read from the rows of hours: those of 400 days, and some. */
export const MAX_HOURS = 10_000;
