import type { Fault } from './problem.ts';

/** Far more than any schema of ours has; a checker that calls itself must not run out of stack. */
const MAX_LEVELS = 32;

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
    if (level === MAX_LEVELS) return { pointer: '', detail: `nests deeper than ${MAX_LEVELS} levels` };
    for (const [name, inner] of Object.entries(value)) {
      if (!name.isWellFormed()) return { pointer, detail: 'has a field whose name is half a surrogate pair' };
      const part = name.replaceAll('~', '~0').replaceAll('/', '~1');
      open.push({ value: inner, pointer: `${pointer}/${part}`, level: level + 1 });
    }
  }
  return undefined;
}
