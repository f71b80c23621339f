/** The most pixels of an avatar: decoded they take four bytes each. A few kilobytes can claim more than a machine has. */
export const MAX_AVATAR_PIXELS = 50_000_000;

/** The most pixels on a side of an avatar, which is what JPEG and GIF can have: a line of a million takes gigabytes. */
export const MAX_AVATAR_SIDE = 65_535;

/** The most scans of a JPEG: encoders write 10 to 20. So many of 50 megapixels take 8 s to decode, twice as many 16. */
export const MAX_JPEG_SCANS = 64;

/** How long an image is decoded, twice as long as the largest takes; the function's time-out leaves time to record it. */
export const DECODE_BUDGET_MS = 15_000;
