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
