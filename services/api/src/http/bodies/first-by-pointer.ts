import type { Fault } from '../answers/problem.ts';

/** A fault for each pointer: the first that is found there. */
export function firstByPointer(faults: readonly Fault[]): readonly Fault[] {
  const first = new Map<string | undefined, Fault>();
  for (const fault of faults) if (!first.has(fault.pointer)) first.set(fault.pointer, fault);
  return [...first.values()];
}
