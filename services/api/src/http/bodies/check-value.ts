import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import type { FromSchema } from '@weir/events';
import type { Fault } from '../answers/problem.ts';
import { findUncheckable } from './find-uncheckable.ts';
import { firstByPointer } from './first-by-pointer.ts';
import { type Patterns, type SaidSchema, sentenceOf } from './sentence-of.ts';

/** A value that satisfies its schema, or all of its faults. */
export type Checked<T> =
  | { readonly kind: 'valid'; readonly value: T }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] };

/**
 * Makes a check against a JSON Schema (2020-12), given as a literal from which the value's type follows. `patterns` gives
 * a sentence for each pattern.
 */
export function createCheck<const S extends object>(
  schema: S,
  patterns: Patterns = {},
): (value: unknown) => Checked<FromSchema<S>> {
  // The validator interprets the schema and finds every fault. Nothing is compiled at a function's start.
  const validator = new Validator(schema as Schema, '2020-12', false);
  return (value) => {
    const uncheckable = findUncheckable(value);
    if (uncheckable) return { kind: 'faults', faults: [uncheckable] };
    const { valid, errors } = validator.validate(value);
    if (valid) return { kind: 'valid', value: value as FromSchema<S> };
    const faults = errors
      .filter(({ keyword }) => !SUMMARIES.has(keyword))
      .map((error) => faultOf(error, { schema, patterns }));
    return { kind: 'faults', faults: firstByPointer(faults) };
  };
}

/** Keywords whose error only says that something below them is wrong. */
const SUMMARIES = new Set(['properties', 'items', 'additionalProperties', 'patternProperties', '$ref', 'allOf']);

function faultOf(
  { keyword, instanceLocation, keywordLocation, error }: OutputUnit,
  { schema, patterns }: { readonly schema: object; readonly patterns: Patterns },
): Fault {
  const pointer = pointerOf(instanceLocation);
  if (keyword === 'required') return { pointer: `${pointer}/${missingName(error)}`, detail: 'is missing' };
  if (keyword === 'false') return { pointer, detail: 'is not a known field' };
  return { pointer, detail: sentenceOf(keyword, holderOf(keywordLocation, schema), patterns) };
}

function missingName(error: string): string {
  const name = /property "(.*)"/.exec(error)?.[1] ?? '';
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The validator gives URI fragments such as `#/a%20b`. */
function pointerOf(location: string): string {
  return decodeURIComponent(location.slice(1));
}

/** The part of the schema that has the failed keyword. */
function holderOf(keywordLocation: string, schema: object): SaidSchema {
  const names = pointerOf(keywordLocation).split('/').slice(1, -1);
  const plain = names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return plain.reduce<object>((part, name) => (part as Record<string, object>)[name] ?? {}, schema);
}
