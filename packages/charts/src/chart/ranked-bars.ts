import { scaleLinear } from 'd3-scale';
import type { Change } from '../format/compare-figures.ts';
import { formatChange, toneOf } from '../format/format-change.ts';
import { formatNumber } from '../format/format-number.ts';
import { type Markup, markup } from '../markup/markup.ts';
import { type Chart, point } from './chart.ts';
import { fitText, textWidth } from './text-width.ts';

export interface RankedRow {
  readonly name: string;
  readonly value: number;
  /** Left out where the rows are compared with nothing. */
  readonly change?: Change | undefined;
  /** A text in place of the change. */
  readonly note?: string | undefined;
}

export interface RankedBarsOptions {
  readonly rows: readonly RankedRow[];
  readonly width: number;
  readonly summary: string;
}

const FONT_SIZE = 14;
const GAP = 16;

// Below this width a name has a line of its own.
const STACKED_WIDTH = 400;

/** Where the parts of a row stand, from its top. */
interface Layout {
  readonly rowHeight: number;
  readonly height: number;
  readonly bar: { readonly top: number; readonly height: number; readonly most: number };
  readonly name: { readonly x: number; readonly base: number; readonly width: number };
  readonly base: number;
  readonly valueEnd: number;
}

/** Draws values, mostly from the largest to the smallest, each as a bar with its name, its figure and its change. */
export function rankedBars({ rows, width, summary }: RankedBarsOptions): Chart {
  const layout = layOut(rows, width);
  const x = scaleLinear([0, Math.max(1, ...rows.map(({ value }) => value))], [0, layout.bar.most]);
  const body = markup`${rows.map((row, at) => {
    const top = at * layout.rowHeight;
    // What is not nothing is seen, however small.
    const bar = row.value > 0 ? Math.max(2, x(row.value)) : 0;
    return markup`${drawBar(bar, top, layout)}${drawTexts(row, top, { layout, width })}`;
  })}`;
  return { width, height: Math.max(1, (rows.length - 1) * layout.rowHeight + layout.height), summary, body };
}

function layOut(rows: readonly RankedRow[], width: number): Layout {
  const changeWidth = widest(rows.map(noteOf));
  const valueEnd = width - (changeWidth > 0 ? changeWidth + GAP : 0);
  const left = valueEnd - widest(rows.map(({ value }) => formatNumber(value))) - GAP;
  if (width < STACKED_WIDTH) {
    const bar = { top: 23, height: 8, most: left };
    return { rowHeight: 46, height: 34, bar, name: { x: 0, base: 14, width }, base: 32, valueEnd };
  }
  const bar = { top: 0, height: 30, most: left };
  return { rowHeight: 36, height: 30, bar, name: { x: 10, base: 20, width: left - 20 }, base: 20, valueEnd };
}

function noteOf({ change, note = '' }: RankedRow): string {
  return change ? formatChange(change) : note;
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => textWidth(text, FONT_SIZE)));
}

function drawBar(width: number, top: number, { bar }: Layout): Markup {
  // A thin bar has no name on it, so it can be darker.
  const className = bar.height < 20 ? 'column' : 'bar';
  return markup`<rect class="${className}" x="0" y="${top + bar.top}" width="${point(width)}" height="${bar.height}" rx="${Math.min(4, point(width / 2))}"/>`;
}

function drawTexts(
  row: RankedRow,
  top: number,
  { layout, width }: { readonly layout: Layout; readonly width: number },
): Markup {
  const { name, value, change } = row;
  const note = noteOf(row);
  const shown = fitText(name, FONT_SIZE, layout.name.width);
  const base = top + layout.base;
  return markup`<text class="name" x="${layout.name.x}" y="${top + layout.name.base}" font-size="${FONT_SIZE}">${shown}${
    shown !== name && markup`<title>${name}</title>`
  }</text><text class="figure" x="${point(layout.valueEnd)}" y="${base}" text-anchor="end" font-size="${FONT_SIZE}">${formatNumber(value)}</text>${
    note &&
    markup`<text class="${(change && toneOf(change)) ?? 'label'}" x="${width}" y="${base}" text-anchor="end" font-size="${FONT_SIZE}">${note}</text>`
  }`;
}
