import { createHmac, timingSafeEqual } from 'node:crypto';

/** How long the secret that signs cursors is good for once read: a rotated one is noticed after this. */
export const CURSOR_SECRET_TTL_MS = 900_000;

const MAC_BYTES = 32;

/** Cursors of lists: opaque, and of no use but in the list that gave them out. */
export interface Cursors {
  /** A cursor for `position` in `listing`, whose name includes its filters. Rejects where the secret cannot be read. */
  seal(listing: string, position: string): Promise<string>;
  /** The position that `seal` was given; undefined for whatever it did not make for this listing. */
  open(listing: string, cursor: string): Promise<string | undefined>;
}

/** What signing cursors needs; `secret` may be cached, and may fail. */
export interface CursorsDeps {
  readonly secret: () => Promise<string> | string;
}

/**
 * Cursors signed by HMAC-SHA-256: base64url of signature and position. Who asks does not matter, so a key may go on where
 * another stopped; a caller without a right to the list is refused before its cursor is looked at.
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
      // Decoding is lenient: only the one way to write these bytes is a cursor.
      if (bytes.length < MAC_BYTES || bytes.toString('base64url') !== cursor) return undefined;
      const position = bytes.toString('utf8', MAC_BYTES);
      return timingSafeEqual(await sign(listing, position), bytes.subarray(0, MAC_BYTES)) ? position : undefined;
    },
  };
}

/** A name and a position as one text that no other pair has: the name's length says where it ends. */
function signedText(listing: string, position: string): string {
  return `${listing.length}:${listing}${position}`;
}
