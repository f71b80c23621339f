export { fontFiles } from './font-files.ts';
export { fontGlyphs } from './font-glyphs.ts';
export { chartWidthOf, imageCard } from './image-card.ts';
export { legibleText } from './legible-text.ts';
export { svgToPng } from './svg-to-png.ts';
