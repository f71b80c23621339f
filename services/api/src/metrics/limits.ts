/** The most buckets in one series: a day of minutes, and an hour. */
export const MAX_BUCKETS = 1_500;
