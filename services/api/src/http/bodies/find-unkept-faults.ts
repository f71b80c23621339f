import { findUnkept } from '@weir/events';
import type { Fault } from '../answers/problem.ts';

/**
 * Faults for values that could not be stored as they were sent: half of a surrogate pair, or more digits than a double
 * has.
 */
export function findUnkeptFaults(text: string): Fault[] {
  return findUnkept(text).map(({ pointer, detail }) => ({ pointer, detail }));
}
