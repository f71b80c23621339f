/** The largest body of a request: 1 MB. With it, what a request puts on the stream always fits one PutRecords. */
export const MAX_BODY_BYTES = 1_000_000;

/** The most events in a request, which is also the most records in a PutRecords. */
export const MAX_EVENTS = 500;

/** The most buckets in one series: a day of minutes, and an hour. */
export const MAX_BUCKETS = 1_500;

/** The most items on one page of a list. */
export const MAX_PAGE = 1_000;

/** How long a key that was read is good for: a rotated one is noticed after this. */
export const KEY_TTL_MS = 60_000;

/** How long a request tries to put its events on the stream; the function's time-out is longer. */
export const PUT_BUDGET_MS = 8_000;

/** How long a request reads metrics before it says that it cannot; the function's time-out is longer. */
export const READ_BUDGET_MS = 12_000;
