/** The largest avatar: 5 MB. */
export const MAX_AVATAR_BYTES = 5_000_000;

/** How long an address to upload an avatar to, or to read one from, is valid. */
export const AVATAR_URL_TTL_SECONDS = 900;

/** How long the item of an upload is kept: longer than a failed upload waits in the dead-letter queue (14 days). */
export const AVATAR_UPLOAD_TTL_MS = 16 * 86_400_000;

/** The largest body of a request for an upload address. */
export const MAX_AVATAR_BODY_BYTES = 4_096;
