import { type Markup, markup } from '../markup/markup.ts';

/** A chart as it is drawn: SVG that has its colours from the style around it. */
export interface Chart {
  readonly width: number;
  readonly height: number;
  /** What is to be seen, for those who do not see it. */
  readonly summary: string;
  readonly body: Markup;
}

/** One point of a coordinate has two digits after it: more do not show, and cost bytes. */
export function point(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A chart as an element of a page. */
export function inlineSvg({ width, height, summary, body }: Chart, className: string): Markup {
  return markup`<svg class="chart ${className}" role="img" aria-label="${summary}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${body}</svg>`;
}
