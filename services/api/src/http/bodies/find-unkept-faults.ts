import { findUnkept } from '@weir/events';
import type { Fault } from '../answers/problem.ts';

/** Where a body says what would not be kept as it was sent: half of a surrogate pair, or more digits than a double has. */
export function findUnkeptFaults(text: string): Fault[] {
  return findUnkept(text).map(({ pointer, detail }) => ({ pointer, detail }));
}
