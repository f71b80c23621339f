import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long the secret that signs cursors is cached. A new secret is used after this time. */
export const CURSOR_SECRET_TTL_MS = 900_000;

const MAC_BYTES = 32;

/** Opaque cursors. A cursor works only in the list that returned it. */
export interface Cursors {
  /** A cursor for `position` in `listing`, whose name includes its filters. Rejects if the secret cannot be read. */
  seal(listing: string, position: string): Promise<string>;
  /** The position that was given to `seal`; undefined for any text that it did not make for this list. */
  open(listing: string, cursor: string): Promise<string | undefined>;
}

/** Dependencies of `createCursors`. `secret` may be cached, and may fail. */
export interface CursorsDeps {
  readonly secret: () => Promise<string> | string;
}

/**
 * Cursors signed with HMAC-SHA-256: base64url of signature and position. A cursor does not belong to a key, so one key
 * may continue the list of another. A caller without permission for the list is refused before its cursor is read.
 */
export function createCursors({ secret }: CursorsDeps): Cursors {
  const sign = async (listing: string, position: string): Promise<Buffer> =>
    createHmac('sha256', await secret())
      .update(signedText(listing, position))
      .digest();
  return {
    async seal(listing, position) {
      return Buffer.concat([await sign(listing, position), Buffer.from(position)]).toString('base64url');
    },
    async open(listing, cursor) {
      const bytes = Buffer.from(cursor, 'base64url');
      // Decoding is lenient. Only the canonical form of these bytes is a cursor.
      if (bytes.length < MAC_BYTES || bytes.toString('base64url') !== cursor) return undefined;
      const position = bytes.toString('utf8', MAC_BYTES);
      return timingSafeEqual(await sign(listing, position), bytes.subarray(0, MAC_BYTES)) ? position : undefined;
    },
  };
}

/** A name and a position as one text. No two pairs have the same text: the length of the name shows where it ends. */
function signedText(listing: string, position: string): string {
  return `${listing.length}:${listing}${position}`;
}
