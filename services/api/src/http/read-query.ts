import { badParameter, type Fault, type Problem, problem } from './problem.ts';

/** The query's values by name: each of `known` at most once, and nothing else. */
export function readQuery<Name extends string>(
  query: ReadonlyMap<string, readonly string[]>,
  known: readonly Name[],
): { kind: 'query'; values: Partial<Record<Name, string>> } | Problem {
  const values: Partial<Record<Name, string>> = {};
  const errors: Fault[] = [];
  for (const [name, given] of query) {
    const parameter = known.find((candidate) => candidate === name);
    if (parameter === undefined) errors.push({ parameter: name, detail: `is not one of ${known.join(', ')}` });
    else if (given.length !== 1) errors.push({ parameter: name, detail: 'was given more than once' });
    else values[parameter] = given[0] ?? '';
  }
  const first = errors[0];
  if (!first) return { kind: 'query', values };
  if (errors.length === 1) return badParameter(first.parameter ?? '', first.detail);
  return problem('invalid-parameter', `${errors.length} parameters are not valid`, { errors });
}
