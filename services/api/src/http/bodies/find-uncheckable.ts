import type { Fault } from '../answers/problem.ts';

/** The deepest that a JSON body nests, but for events, and so a profile. A check that calls itself has stack for far more. */
export const MAX_DEPTH = 32;

/**
 * What no schema can be held against: the checker fails on a field's name that holds half of a surrogate pair, and on values
 * without end. Iterative, as the nesting is the sender's.
 */
export function findUncheckable(root: unknown): Fault | undefined {
  const open: { readonly value: unknown; readonly pointer: string; readonly level: number }[] = [
    { value: root, pointer: '', level: 0 },
  ];
  for (let here = open.pop(); here; here = open.pop()) {
    const { value, pointer, level } = here;
    if (typeof value !== 'object' || value === null) continue;
    if (level === MAX_DEPTH) return { pointer, detail: `nests deeper than ${MAX_DEPTH} levels` };
    for (const [name, inner] of Object.entries(value)) {
      if (!name.isWellFormed()) return { pointer, detail: 'has a field whose name holds half of a surrogate pair' };
      const part = name.replaceAll('~', '~0').replaceAll('/', '~1');
      open.push({ value: inner, pointer: `${pointer}/${part}`, level: level + 1 });
    }
  }
  return undefined;
}
