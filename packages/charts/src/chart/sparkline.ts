import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { markup } from '../markup/markup.ts';
import { type Chart, point } from './chart.ts';

export interface SparklineOptions {
  /** Oldest first. `null`: not known; the line has a gap there. */
  readonly values: readonly (number | null)[];
  readonly width: number;
  readonly height: number;
  readonly summary: string;
}

const MARGIN = 4;

/** Draws the course of a figure as a small line that ends in a dot. */
export function sparkline({ values, width, height, summary }: SparklineOptions): Chart {
  const known = values.flatMap((value) => value ?? []);
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [MARGIN, width - MARGIN]);
  const y = scaleLinear(rangeOf(known), [height - MARGIN, MARGIN]);
  const across = (_: number | null, at: number) => point(x(at));
  const up = (value: number | null) => point(y(value ?? 0));
  const isKnown = (value: number | null) => value !== null;
  const filled = area<number | null>().defined(isKnown).x(across).y1(up).y0(height);
  const curve = line<number | null>().defined(isKnown).x(across).y(up);
  const last = values.at(-1);
  const body = markup`<path class="area" d="${filled([...values]) ?? ''}"/><path class="curve" d="${curve([...values]) ?? ''}"/>${
    last !== null &&
    last !== undefined &&
    markup`<circle class="dot" cx="${point(x(values.length - 1))}" cy="${up(last)}" r="3"/>`
  }`;
  return { width, height, summary, body };
}

/** The line shows a change of a tenth or more in half of its height; a smaller one shows as what it is. */
function rangeOf(known: readonly number[]): [number, number] {
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (known.length === 0 || most === 0) return [0, 1];
  return [most - 2 * Math.max(most - least, Math.abs(most) / 10), most];
}
