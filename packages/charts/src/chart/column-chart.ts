import { scaleBand, scaleLinear } from 'd3-scale';
import { formatCompact, formatNumber } from '../format/format-number.ts';
import { type Markup, markup } from '../markup/markup.ts';
import { type Chart, point } from './chart.ts';
import { textWidth } from './text-width.ts';

export interface Column {
  readonly label: string;
  /** `null`: not known. */
  readonly value: number | null;
  /** What the column stands for, in full: a browser shows it at the pointer. */
  readonly detail: string;
  readonly isMain?: boolean;
}

export interface ColumnChartOptions {
  readonly columns: readonly Column[];
  readonly width: number;
  readonly height: number;
  readonly summary: string;
  /** Which columns have their figure above them. */
  readonly figures: 'all' | 'main';
  readonly mean?: { readonly value: number; readonly label: string } | undefined;
  /** What stands in place of columns if all of them are zero. */
  readonly empty: string;
}

const FONT_SIZE = 12;
const LABELS_HEIGHT = 24;
const FIGURES_HEIGHT = 20;
const LEGEND_HEIGHT = 22;
const ROUNDING = 3;
const EMPTY_HEIGHT = 100;

type Band = ReturnType<typeof scaleBand<number>>;
type Linear = ReturnType<typeof scaleLinear<number, number>>;

/** Draws values of equal spans of time as columns. */
export function columnChart(options: ColumnChartOptions): Chart {
  const { columns, width, mean } = options;
  const known = columns.flatMap(({ value }) => value ?? []);
  const top = Math.max(0, ...known, mean?.value ?? 0);
  // Nothing needs no room.
  const height = top === 0 ? Math.min(EMPTY_HEIGHT, options.height) : options.height;
  const legend = mean && top > 0 ? LEGEND_HEIGHT : 0;
  const y = scaleLinear()
    .domain([Math.min(0, ...known), top === 0 ? 1 : top])
    .nice(3)
    .range([height - LABELS_HEIGHT, FIGURES_HEIGHT + legend]);
  // Half of an event is no tick.
  const isWhole = known.every(Number.isInteger);
  const ticks = top === 0 ? [0] : y.ticks(3).filter((tick) => !isWhole || Number.isInteger(tick));
  const left = 10 + Math.max(...ticks.map((tick) => textWidth(formatCompact(tick), FONT_SIZE)));
  const x = scaleBand<number>()
    .domain(columns.map((_, at) => at))
    .range([left, width])
    .paddingInner(0.25)
    .paddingOuter(0.1);
  const body = markup`${ticks.map((tick) => gridLine(tick, y(tick), { left, width }))}${columns.map((column, at) =>
    drawColumn(column, { left: x(at) ?? 0, width: x.bandwidth() }, y),
  )}${drawLabels({ ...options, height }, x)}${mean && top > 0 && drawMean(mean, y, { left, width })}${top > 0 && drawFigures(options, x, y)}${
    top === 0 &&
    markup`<text class="label" x="${(left + width) / 2}" y="${height / 2}" text-anchor="middle" font-size="14">${options.empty}</text>`
  }`;
  return { width, height, summary: options.summary, body };
}

interface Extent {
  readonly left: number;
  readonly width: number;
}

function gridLine(tick: number, y: number, { left, width }: Extent): Markup {
  return markup`<line class="grid" x1="${point(left)}" x2="${width}" y1="${point(y)}" y2="${point(y)}"/><text class="label" x="${point(left - 8)}" y="${point(y + 4)}" text-anchor="end" font-size="${FONT_SIZE}">${formatCompact(tick)}</text>`;
}

function drawColumn({ value, detail, isMain }: Column, { left, width }: Extent, y: Linear): Markup {
  const middle = point(left + width / 2);
  if (value === null) {
    return markup`<text class="label" x="${middle}" y="${point(y(0) - 6)}" text-anchor="middle" font-size="${FONT_SIZE}">–<title>${detail}</title></text>`;
  }
  // What is not nothing is seen, however small.
  const size = value === 0 ? 0 : Math.max(1.5, Math.abs(y(value) - y(0)));
  const path = roundedColumn({ left, width, base: y(0), size: value < 0 ? -size : size });
  return markup`<path class="${isMain ? 'column main' : 'column'}" d="${path}"><title>${detail}</title></path>`;
}

function roundedColumn({ left, width, base, size }: Extent & { readonly base: number; readonly size: number }): string {
  const radius = Math.min(ROUNDING, width / 2, Math.abs(size)) * Math.sign(size);
  const across = Math.abs(radius);
  const end = base - size;
  return `M${point(left)},${point(base)}V${point(end + radius)}q0,${point(-radius)},${point(across)},${point(-radius)}H${point(left + width - across)}q${point(across)},0,${point(across)},${point(radius)}V${point(base)}Z`;
}

function drawFigures({ columns, figures, width }: ColumnChartOptions, x: Band, y: Linear): Markup[] {
  return columns.flatMap(({ value, isMain }, at) => {
    if (value === null || (figures === 'main' && !isMain)) return [];
    const text = figures === 'all' ? formatCompact(value) : formatNumber(value);
    const half = textWidth(text, FONT_SIZE) / 2;
    const middle = Math.min(width - half, (x(at) ?? 0) + x.bandwidth() / 2);
    return markup`<text class="halo ${isMain ? 'figure' : 'label'}" x="${point(middle)}" y="${point(y(Math.max(0, value)) - 6)}" text-anchor="middle" font-size="${FONT_SIZE}">${text}</text>`;
  });
}

const STRIDES = [1, 2, 3, 4, 6, 12, 24, 36, 60];

function drawLabels({ columns, width, height }: ColumnChartOptions, x: Band): Markup[] {
  const widest = Math.max(0, ...columns.map(({ label }) => textWidth(label, FONT_SIZE)));
  const last = columns.length - 1;
  // The last column has a label if it is the one that matters.
  const firstOf = (every: number) => (columns[last]?.isMain ? last % every : 0);
  // A label at the right edge moves left, towards the one before.
  const moved = Math.max(0, (widest - x.step()) / 2);
  const roomFor = (every: number) => widest + 6 + (last % every === firstOf(every) ? moved : 0);
  const stride = STRIDES.find((every) => every * x.step() >= roomFor(every)) ?? 120;
  const first = firstOf(stride);
  return columns.flatMap(({ label, isMain }, at) => {
    if (at % stride !== first) return [];
    const middle = Math.min(width - textWidth(label, FONT_SIZE) / 2, (x(at) ?? 0) + x.bandwidth() / 2);
    return markup`<text class="${isMain ? 'figure' : 'label'}" x="${point(middle)}" y="${height - 6}" text-anchor="middle" font-size="${FONT_SIZE}">${label}</text>`;
  });
}

function drawMean(
  { value, label }: { readonly value: number; readonly label: string },
  y: Linear,
  { left, width }: Extent,
): Markup {
  const at = point(y(value));
  return markup`<line class="mean" x1="${point(left)}" x2="${width}" y1="${at}" y2="${at}"/><line class="mean" x1="${point(left)}" x2="${point(left + 20)}" y1="9" y2="9"/><text class="label" x="${point(left + 26)}" y="13" font-size="${FONT_SIZE}">${label}</text>`;
}
