import type { Fault } from '../answers/problem.ts';

/**
 * The most levels of a JSON body, and so of a profile. Events have a limit of their own. A recursive check has enough
 * stack for far more.
 */
export const MAX_DEPTH = 32;

/**
 * Finds values that no schema can check. The checker fails on a field's name with half of a surrogate pair, and on values
 * without end. The search is iterative, as senders choose the nesting.
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
      if (!name.isWellFormed()) return { pointer, detail: 'has a field whose name contains half of a surrogate pair' };
      const part = name.replaceAll('~', '~0').replaceAll('/', '~1');
      open.push({ value: inner, pointer: `${pointer}/${part}`, level: level + 1 });
    }
  }
  return undefined;
}
