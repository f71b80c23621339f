/** The largest avatar: 5 MB. */
export const MAX_AVATAR_BYTES = 5_000_000;

/** How long an address to upload to, or to read an avatar from, is good. */
export const AVATAR_URL_TTL_SECONDS = 900;

/** How long an upload is known: longer than a failed one waits in the dead-letter queue (14 days). */
export const AVATAR_UPLOAD_TTL_MS = 16 * 86_400_000;

/** The most bytes of a body that asks for an address to upload to. */
export const MAX_AVATAR_BODY_BYTES = 4_096;
