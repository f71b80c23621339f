/** The default number of addresses on a page. */
export const DEFAULT_ADDRESSES_PAGE = 100;

/** The largest body of a request about an address. */
export const MAX_ADDRESS_BODY_BYTES = 2_000;

/** How long a request may read and write before it answers 503. The function's time-out is longer. */
export const ADDRESSES_BUDGET_MS = 12_000;
