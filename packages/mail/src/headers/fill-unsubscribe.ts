import { UNSUBSCRIBE_PLACE } from '@weir/charts/mail/unsubscribe-place';

/** A line of quoted-printable has at most 76 characters, with the `=` that breaks it (RFC 2045). */
const LONGEST_PIECE = 75;
const SOFT_BREAK = '=\r\n';
/** Characters that quoted-printable, HTML and text write alike. */
const PLAIN_URL = /^[\w:/.~-]+$/;

// A line may break anywhere in it.
const LETTERS = Array.from(UNSUBSCRIBE_PLACE, (letter) => (letter === '.' ? '\\.' : letter));
const PLACES = new RegExp(LETTERS.join(`(?:${SOFT_BREAK})?`), 'g');

/**
 * A composed mail with the link of one reader in place of `UNSUBSCRIBE_PLACE`. Its parts of text are quoted-printable, as
 * `composeMail` writes them. Throws a RangeError if the link has characters that would have to be encoded.
 */
export function fillUnsubscribe(mime: Uint8Array, url: string): Buffer {
  if (!PLAIN_URL.test(url)) throw new RangeError('a link to unsubscribe has letters, digits, and :/._~- only');
  const pieces = url.match(new RegExp(`.{1,${LONGEST_PIECE}}`, 'g')) ?? [];
  const filled = ['', ...pieces, ''].join(SOFT_BREAK);
  return Buffer.from(Buffer.from(mime).toString('latin1').replaceAll(PLACES, filled), 'latin1');
}
