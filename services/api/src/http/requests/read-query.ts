import type { Fault } from '../answers/problem.ts';

/** The query of a request: the values of known parameters, and the faults found so far. */
export interface Query<Name extends string> {
  readonly values: Partial<Record<Name, string>>;
  readonly faults: readonly Fault[];
}

/** Reads the values of a query by name. Each parameter of `known` may occur once, and no other parameter is allowed. */
export function readQuery<Name extends string>(
  query: ReadonlyMap<string, readonly string[]>,
  known: readonly Name[],
): Query<Name> {
  const values: Partial<Record<Name, string>> = {};
  const faults: Fault[] = [];
  for (const [name, given] of query) {
    const parameter = known.find((candidate) => candidate === name);
    if (parameter === undefined) faults.push({ parameter: name, detail: `is not one of ${known.join(', ')}` });
    else if (given.length !== 1) faults.push({ parameter: name, detail: 'must not occur more than once' });
    else values[parameter] = given[0] ?? '';
  }
  return { values, faults };
}
