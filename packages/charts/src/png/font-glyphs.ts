/** Reads which characters a TrueType font has a glyph for, from its table `cmap`. */
export function fontGlyphs(font: Buffer): (codePoint: number) => boolean {
  const cmap = tableAt(font, 'cmap');
  const count = font.readUInt16BE(cmap + 2);
  const offsets = Array.from({ length: count }, (_, at) => cmap + font.readUInt32BE(cmap + 4 + 8 * at + 4));
  // Format 12 holds all of Unicode; 4 its first 65,536 characters.
  const whole = offsets.find((offset) => font.readUInt16BE(offset) === 12);
  if (whole === undefined) throw new Error('the font has no map of characters in format 12');
  const ranges = readRanges(font, whole);
  return (codePoint) => ranges.some(([first, last]) => codePoint >= first && codePoint <= last);
}

function tableAt(font: Buffer, name: string): number {
  const count = font.readUInt16BE(4);
  for (let at = 12; at < 12 + 16 * count; at += 16) {
    if (font.toString('latin1', at, at + 4) === name) return font.readUInt32BE(at + 8);
  }
  throw new Error(`the font has no table ${name}`);
}

function readRanges(font: Buffer, offset: number): [number, number][] {
  const count = font.readUInt32BE(offset + 12);
  return Array.from({ length: count }, (_, group) => {
    const at = offset + 16 + 12 * group;
    return [font.readUInt32BE(at), font.readUInt32BE(at + 4)];
  });
}
