/** The largest body of a request: 1 MB. So the events of a request always fit into one PutRecords. */
export const MAX_BODY_BYTES = 1_000_000;

/** The most events in a request, equal to the most records in a PutRecords. */
export const MAX_EVENTS = 500;

/** How long a request tries to put its events on the stream. The function's time-out is longer. */
export const PUT_BUDGET_MS = 8_000;
