import { formatNumber } from '@weir/charts';

/** Writes a number of things: `1 event`, `2 events`. */
export function numberOf(thing: string, count: number): string {
  return `${formatNumber(count)} ${count === 1 ? thing : `${thing}s`}`;
}
