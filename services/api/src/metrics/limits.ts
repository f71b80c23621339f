/** The most buckets in one series: the minutes of a day and an hour. */
export const MAX_BUCKETS = 1_500;
