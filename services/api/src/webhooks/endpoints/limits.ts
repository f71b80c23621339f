/** The default number of endpoints on a page. */
export const DEFAULT_ENDPOINTS_PAGE = 100;

/** The largest body of a request about an endpoint. */
export const MAX_WEBHOOK_BODY_BYTES = 10_000;

/** The most characters of an endpoint's URL. */
export const MAX_URL_LENGTH = 2_048;

/** After a rotation, the old secrets sign for so long beside the new ones. */
export const ROTATION_MS = 24 * 60 * 60_000;

/** The most secrets of an endpoint that sign at the same time: each is a part of one header. */
export const MAX_SECRETS = 10;

/** A request with an `Idempotency-Key` that died is recognised for so long. */
export const RECOGNISED_MS = 24 * 60 * 60_000;

/** How long a request may read and write before it answers 503. The function's time-out is longer. */
export const WEBHOOKS_BUDGET_MS = 12_000;
