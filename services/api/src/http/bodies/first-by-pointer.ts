import type { Fault } from '../answers/problem.ts';

/** The first fault of each pointer. */
export function firstByPointer(faults: readonly Fault[]): readonly Fault[] {
  const first = new Map<string | undefined, Fault>();
  for (const fault of faults) if (!first.has(fault.pointer)) first.set(fault.pointer, fault);
  return [...first.values()];
}
