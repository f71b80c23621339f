/** The default number of deliveries on a page. */
export const DEFAULT_DELIVERIES_PAGE = 50;

/**
 * The most deliveries on a page. Each may hold twenty attempts with a kilobyte of the answer, but a page ends at 1 MB, as a
 * query of DynamoDB does: in JSON inside of Lambda's JSON that is 4 MB at most, of the 6 that Lambda answers with.
 */
export const MAX_DELIVERIES_PAGE = 100;

/** The most deliveries that one request recovers. */
export const MAX_RECOVERED = 2_000;

/** A request that has recovered for so long answers what it did: its budget must not be over before. */
export const RECOVERY_MS = 8_000;
