import type { Fault } from '../answers/problem.ts';

/** A request's query: the values of the parameters that are known, and what is wrong with it so far. */
export interface Query<Name extends string> {
  readonly values: Partial<Record<Name, string>>;
  readonly faults: readonly Fault[];
}

/** The query's values by name: each of `known` at most once, and nothing else. */
export function readQuery<Name extends string>(
  query: ReadonlyMap<string, readonly string[]>,
  known: readonly Name[],
): Query<Name> {
  const values: Partial<Record<Name, string>> = {};
  const faults: Fault[] = [];
  for (const [name, given] of query) {
    const parameter = known.find((candidate) => candidate === name);
    if (parameter === undefined) faults.push({ parameter: name, detail: `is not one of ${known.join(', ')}` });
    else if (given.length !== 1) faults.push({ parameter: name, detail: 'was given more than once' });
    else values[parameter] = given[0] ?? '';
  }
  return { values, faults };
}
