const BLOCKS = '▁▂▃▄▅▆▇█';

/** One character for each value, from the lowest block (0 or less) to the highest (the greatest value). */
export function sparkline(values: readonly number[]): string {
  const top = Math.max(0, ...values);
  return values.map((value) => BLOCKS[blockOf(value, top)]).join('');
}

function blockOf(value: number, top: number): number {
  if (value <= 0 || top === 0) return 0;
  return Math.min(BLOCKS.length - 1, Math.floor((value / top) * BLOCKS.length));
}

/** Adds up points into `width` equal parts of [from, to); points outside are left out. */
export function intoParts(
  points: readonly { readonly at: number; readonly value: number }[],
  { from, to, width }: { readonly from: number; readonly to: number; readonly width: number },
): number[] {
  const parts = new Array<number>(width).fill(0);
  for (const { at, value } of points.filter(({ at }) => at >= from && at < to)) {
    const part = Math.floor(((at - from) / (to - from)) * width);
    parts[part] = (parts[part] ?? 0) + value;
  }
  return parts;
}
