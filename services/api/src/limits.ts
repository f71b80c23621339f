/** The largest body of a request: 1 MB. With it, what a request puts on the stream always fits one PutRecords. */
export const MAX_BODY_BYTES = 1_000_000;

/** The most events in a request, which is also the most records in a PutRecords. */
export const MAX_EVENTS = 500;

/** The most buckets in one series: a day of minutes, and an hour. */
export const MAX_BUCKETS = 1_500;

/** The most items on one page of a list. */
export const MAX_PAGE = 1_000;

/** The keys on a page, unless asked otherwise. */
export const DEFAULT_KEYS_PAGE = 100;

/** The most keys through which a key comes to be: so many DynamoDB reads at once, each time that API Gateway asks about it. */
export const MAX_KEY_MAKERS = 100;

/** The largest body that makes a key. */
export const MAX_KEY_BODY_BYTES = 10_000;

/** How long a secret that was read is good for: a rotated one is noticed after this. */
export const SECRET_TTL_MS = 60_000;

/** How far the time of a key's last use may lag: a key in use is written at most so often. */
export const LAST_USE_INTERVAL_MS = 300_000;

/** The most that a request waits for its use to be noted. */
export const LAST_USE_BUDGET_MS = 300;

/** How long a process remembers that a key is bad. API Gateway remembers it for a minute, but for one text of a header. */
export const REFUSED_TTL_MS = 5_000;

/** The most bad keys that a process remembers. */
export const MAX_REFUSED = 1_000;

/** How long checking a key may take; the authorizer's time-out is longer. */
export const AUTHORIZE_BUDGET_MS = 5_000;

/** How long a request tries to reach the keys before it says that it cannot; the function's time-out is longer. */
export const KEYS_BUDGET_MS = 8_000;

/** How long an answer is remembered under its `Idempotency-Key`. */
export const REMEMBERED_SECONDS = 24 * 3600;

/** How long a request tries to put its events on the stream; the function's time-out is longer. */
export const PUT_BUDGET_MS = 8_000;

/** How long a request reads metrics before it says that it cannot; the function's time-out is longer. */
export const READ_BUDGET_MS = 12_000;

/** The most bytes of a body that writes a profile. */
export const MAX_PROFILE_BODY_BYTES = 65_536;

/** The most bytes of a profile as JSON: a thousand of them are far from what a function can answer. */
export const MAX_PROFILE_BYTES = 16_384;

/** The deepest that a JSON body nests, but for events, and so a profile. A check that calls itself has stack for far more. */
export const MAX_DEPTH = 32;

/** The most bytes of users on a page, written as a string: a function answers at most 6 MB, this and a little more. */
export const MAX_USERS_PAGE_BYTES = 5_000_000;

/** The users on a page, unless asked otherwise. */
export const DEFAULT_USERS_PAGE = 100;

/** How long a request tries to change a user whom others change as well; the function's time-out is longer. */
export const CHANGE_BUDGET_MS = 9_000;

/** How long the secret that signs cursors is good for once read: a rotated one is noticed after this. */
export const CURSOR_SECRET_TTL_MS = 900_000;

/** The most days of one user's activity. */
export const MAX_ACTIVITY_DAYS = 400;

/** The days of activity that are answered unless asked otherwise. */
export const DEFAULT_ACTIVITY_DAYS = 30;

/** The most counts of one user's activity: a function answers at most 6 MB. */
export const MAX_ACTIVITY_ITEMS = 20_000;

/** The largest avatar: 5 MB. */
export const MAX_AVATAR_BYTES = 5_000_000;

/** The most pixels of an avatar: decoded they take four bytes each. A few kilobytes can claim more than a machine has. */
export const MAX_AVATAR_PIXELS = 50_000_000;

/** The most pixels on a side of an avatar, which is what JPEG and GIF can have: a line of a million takes gigabytes. */
export const MAX_AVATAR_SIDE = 65_535;

/** The most scans of a JPEG: encoders write 10 to 20. So many of 50 megapixels take 8 s to decode, twice as many 16. */
export const MAX_JPEG_SCANS = 64;

/** How long an image is decoded, twice as long as the largest takes; the function's time-out leaves time to record it. */
export const DECODE_BUDGET_MS = 15_000;

/** How long an address to upload to, or to read an avatar from, is good. */
export const AVATAR_URL_TTL_SECONDS = 900;

/** How long an upload is known: longer than a failed one waits in the dead-letter queue (14 days). */
export const AVATAR_UPLOAD_TTL_MS = 16 * 86_400_000;

/** The most bytes of a body that asks for an address to upload to. */
export const MAX_AVATAR_BODY_BYTES = 4_096;
