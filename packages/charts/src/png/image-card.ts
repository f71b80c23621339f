import type { Chart } from '../chart/chart.ts';
import { chartStyle, LIGHT } from '../chart/chart-style.ts';
import { Markup, markup } from '../markup/markup.ts';
import { FONT_FAMILY } from './font-files.ts';

const PADDING = 16;

/** A chart on an opaque white card: legible on a light page as on a dark one. */
export function imageCard(chart: Chart): string {
  const width = chart.width + 2 * PADDING;
  const height = chart.height + 2 * PADDING;
  const style = new Markup(chartStyle(LIGHT));
  return markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT_FAMILY}"><style>${style}</style><rect width="${width}" height="${height}" fill="${LIGHT.paper}"/><g transform="translate(${PADDING} ${PADDING})">${chart.body}</g></svg>`
    .text;
}

/** How wide a chart on a card is drawn, so that the card is as wide as asked. */
export function chartWidthOf(cardWidth: number): number {
  return cardWidth - 2 * PADDING;
}
