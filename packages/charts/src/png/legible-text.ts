/**
 * Replaces each character that a font has no glyph for by its visible code, `[U+4E2D]`. The program that draws the text
 * would leave the character out, and nobody would see that something is missing.
 */
export function legibleText(text: string, hasGlyph: (codePoint: number) => boolean): string {
  return text.replace(/\P{ASCII}/gu, (character) => {
    const codePoint = character.codePointAt(0) as number;
    return hasGlyph(codePoint) ? character : `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}
