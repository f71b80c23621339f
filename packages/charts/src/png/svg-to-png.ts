import { readFileSync } from 'node:fs';
import { FONT_FAMILY, fontFiles } from './font-files.ts';
import { fontGlyphs } from './font-glyphs.ts';
import { legibleText } from './legible-text.ts';
import { loadResvg } from './load-resvg.ts';

// Sharp on the screens of telephones.
const PIXELS_PER_UNIT = 2;

/** Draws a picture of an SVG with our font, for a place of this width. The same SVG gives the same bytes. */
export function svgToPng(svg: string, width: number): Buffer {
  const { Resvg } = loadResvg();
  const fonts = fontFiles();
  const glyphs = fonts.map((file) => fontGlyphs(readFileSync(file)));
  const legible = legibleText(svg, (codePoint) => glyphs.every((hasGlyph) => hasGlyph(codePoint)));
  const font = { fontFiles: fonts, loadSystemFonts: false, defaultFontFamily: FONT_FAMILY };
  return new Resvg(legible, { font, fitTo: { mode: 'width', value: width * PIXELS_PER_UNIT } }).render().asPng();
}
