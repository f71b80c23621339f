import type { Fault } from '../http/problem.ts';

interface Place {
  readonly value: unknown;
  readonly pointer: string;
  readonly depth: number;
}

/**
 * The first value that cannot be kept as it was sent: one nested deeper than `maxDepth`, or a number like 1e400, which is
 * infinite once read and would be written as null. Iterative, so that no nesting exhausts the stack.
 */
export function findUnfitValue(value: unknown, maxDepth: number): Fault | undefined {
  const left: Place[] = [{ value, pointer: '', depth: 0 }];
  for (let place = left.pop(); place; place = left.pop()) {
    const { value: here, pointer, depth } = place;
    if (typeof here === 'number' && !Number.isFinite(here)) return { pointer, detail: 'is not a finite number' };
    if (typeof here !== 'object' || here === null) continue;
    if (depth === maxDepth) return { pointer, detail: `nests deeper than ${maxDepth} levels` };
    for (const [name, inner] of Object.entries(here)) {
      const escaped = name.replaceAll('~', '~0').replaceAll('/', '~1');
      left.push({ value: inner, pointer: `${pointer}/${escaped}`, depth: depth + 1 });
    }
  }
  return undefined;
}
