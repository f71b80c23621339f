/** The default number of deliveries on a page. */
export const DEFAULT_DELIVERIES_PAGE = 50;

/** The most deliveries on a page: each may hold twenty attempts with a kilobyte of the answer. */
export const MAX_DELIVERIES_PAGE = 100;

/** The most deliveries that one request recovers, within its time. */
export const MAX_RECOVERED = 2_000;
