import { createHmac, timingSafeEqual } from 'node:crypto';

/** Makes and reads cursors: positions in a list that only the list that gave them out takes back. */
export interface Cursors {
  /** A cursor for a position in the listing (its name, and all that filters it). */
  seal(listing: string, position: string): string;
  /** The position; undefined where the cursor is none of this listing's. */
  open(listing: string, cursor: string): string | undefined;
}

const MAC_BYTES = 16;

/** Cursors signed with a secret: not secret themselves, but nobody else can make one. */
export function createCursors({ secret }: { readonly secret: string }): Cursors {
  if (secret === '') throw new Error('The secret of cursors is empty');
  const macOf = (listing: string, position: string): Buffer =>
    createHmac('sha256', secret)
      .update(JSON.stringify([listing, position]))
      .digest()
      .subarray(0, MAC_BYTES);
  return {
    seal: (listing, position) => Buffer.concat([macOf(listing, position), Buffer.from(position)]).toString('base64url'),
    open(listing, cursor) {
      const bytes = Buffer.from(cursor, 'base64url');
      if (bytes.length < MAC_BYTES || bytes.toString('base64url') !== cursor) return undefined;
      const position = bytes.subarray(MAC_BYTES).toString();
      return timingSafeEqual(bytes.subarray(0, MAC_BYTES), macOf(listing, position)) ? position : undefined;
    },
  };
}
