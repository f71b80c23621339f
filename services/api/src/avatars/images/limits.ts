/**
 * The most pixels of an avatar. A decoded pixel takes four bytes, and a file of a few kilobytes can claim more pixels
 * than fit into memory.
 */
export const MAX_AVATAR_PIXELS = 50_000_000;

/** The most pixels on one side of an avatar, the maximum of JPEG and GIF. A line of a million pixels takes gigabytes. */
export const MAX_AVATAR_SIDE = 65_535;

/** The most scans of a JPEG. Encoders write 10 to 20. 64 scans of 50 megapixels take 8 s to decode, 128 take 16 s. */
export const MAX_JPEG_SCANS = 64;

/**
 * How long an image may be decoded: twice as long as the largest one takes. The function's time-out leaves time to store
 * the result.
 */
export const DECODE_BUDGET_MS = 15_000;
