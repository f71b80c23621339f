// Parts of the font's size, a little on the wide side, as a page's font is the reader's own.
const NARROW = /[il.,:;|!'`()[\]j]/;
const SLENDER = /[frt \u00a0"*-]/;
const WIDE = /[mwMW@%—]/;
const CAPITAL = /[A-Z_&#=+<>?]/;
const ASCII = /[\u0021-\u007e]/;

/** About how wide a text is at a font's size, in the unit of the size. */
export function textWidth(text: string, fontSize: number): number {
  let sum = 0;
  for (const character of text) sum += characterWidth(character);
  return sum * fontSize;
}

function characterWidth(character: string): number {
  if (NARROW.test(character)) return 0.33;
  if (SLENDER.test(character)) return 0.42;
  if (WIDE.test(character)) return 0.95;
  if (CAPITAL.test(character)) return 0.72;
  return ASCII.test(character) ? 0.63 : 1;
}

/**
 * Shortens a text to a width. The middle goes, as names of actions often begin alike and end differently:
 * `checkout.card…declined`.
 */
export function fitText(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const characters = [...text];
  for (let kept = characters.length - 1; kept > 1; kept -= 1) {
    const head = Math.ceil(kept / 2);
    const shortened = `${characters.slice(0, head).join('')}…${characters.slice(head - kept).join('')}`;
    if (textWidth(shortened, fontSize) <= width) return shortened;
  }
  return '…';
}
