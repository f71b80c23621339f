/** The largest body of a request: 1 MB. With it, what a request puts on the stream always fits one PutRecords. */
export const MAX_BODY_BYTES = 1_000_000;

/** The most events in a request, which is also the most records in a PutRecords. */
export const MAX_EVENTS = 500;

/** How long a request tries to put its events on the stream; the function's time-out is longer. */
export const PUT_BUDGET_MS = 8_000;
