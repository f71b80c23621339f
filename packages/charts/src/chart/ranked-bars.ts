import { scaleLinear } from 'd3-scale';
import type { Change } from '../format/compare-figures.ts';
import { formatChange } from '../format/format-change.ts';
import { formatNumber } from '../format/format-number.ts';
import { type Markup, markup } from '../markup/markup.ts';
import { type Chart, point } from './chart.ts';
import { fitText, textWidth } from './text-width.ts';

export interface RankedRow {
  readonly name: string;
  readonly value: number;
  /** Left out where the rows are compared with nothing. */
  readonly change?: Change | undefined;
}

export interface RankedBarsOptions {
  readonly rows: readonly RankedRow[];
  readonly width: number;
  readonly summary: string;
}

const FONT_SIZE = 14;
const ROW_HEIGHT = 36;
const BAR_HEIGHT = 30;
const GAP = 16;

interface Columns {
  readonly x: (value: number) => number;
  readonly nameWidth: number;
  readonly valueEnd: number;
  readonly changeEnd: number;
}

/** Draws values from the largest to the smallest, each as a bar behind its name, with the figure and its change. */
export function rankedBars({ rows, width, summary }: RankedBarsOptions): Chart {
  const changes = rows.map(({ change }) => (change ? formatChange(change) : ''));
  const changeWidth = Math.max(0, ...changes.map((text) => textWidth(text, FONT_SIZE)));
  const valueWidth = Math.max(0, ...rows.map(({ value }) => textWidth(formatNumber(value), FONT_SIZE) * 1.05));
  const valueEnd = width - (changeWidth > 0 ? changeWidth + GAP : 0);
  const nameWidth = valueEnd - valueWidth - GAP;
  const x = scaleLinear()
    .domain([0, Math.max(1, ...rows.map(({ value }) => value))])
    .range([0, nameWidth]);
  const columns = { x: (value: number) => x(value), nameWidth, valueEnd, changeEnd: width };
  const body = markup`${rows.map((row, at) => drawRow(row, at * ROW_HEIGHT, columns))}`;
  return { width, height: Math.max(1, rows.length * ROW_HEIGHT - (ROW_HEIGHT - BAR_HEIGHT)), summary, body };
}

function drawRow({ name, value, change }: RankedRow, top: number, columns: Columns): Markup {
  const base = top + BAR_HEIGHT / 2 + 5;
  const shown = fitText(name, FONT_SIZE, columns.nameWidth - 20);
  // What is not nothing is seen, however small.
  const bar = value > 0 ? Math.max(2, columns.x(value)) : 0;
  return markup`<rect class="bar" x="0" y="${top}" width="${point(bar)}" height="${BAR_HEIGHT}" rx="${Math.min(4, point(bar / 2))}"/><text class="name" x="10" y="${base}" font-size="${FONT_SIZE}">${shown}${shown !== name && markup`<title>${name}</title>`}</text><text class="figure" x="${point(columns.valueEnd)}" y="${base}" text-anchor="end" font-size="${FONT_SIZE}">${formatNumber(value)}</text>${change && markup`<text class="${toneOf(change)}" x="${columns.changeEnd}" y="${base}" text-anchor="end" font-size="${FONT_SIZE}">${formatChange(change)}</text>`}`;
}

function toneOf({ kind }: Change): string {
  return kind === 'rose' || kind === 'fell' ? kind : 'label';
}
