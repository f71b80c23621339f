import { formatNumber } from '@weir/charts';

/** Writes a number of things: `1 event`, `2 events`. */
export function numberOf(thing: string, count: number): string {
  return `${formatNumber(count)} ${count === 1 ? thing : `${thing}s`}`;
}

/** Says how many things a list leaves out: `and 37 more actions`. */
export function moreThan(shown: number, count: number, thing: string): string | undefined {
  return count > shown ? `and ${numberOf(`more ${thing}`, count - shown)}` : undefined;
}
