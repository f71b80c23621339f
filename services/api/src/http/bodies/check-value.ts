import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import type { FromSchema } from '@weir/events';
import type { Fault } from '../answers/problem.ts';
import { findUncheckable } from './find-uncheckable.ts';
import { firstByPointer } from './first-by-pointer.ts';
import { type Patterns, type SaidSchema, sentenceOf } from './sentence-of.ts';

/** A value that satisfies its schema, or all that is wrong with it. */
export type Checked<T> =
  | { readonly kind: 'valid'; readonly value: T }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] };

/**
 * Checks a value against a JSON Schema (2020-12) that is a literal: its type follows from it. `patterns` says in words what
 * its patterns ask for.
 */
export function createCheck<const S extends object>(
  schema: S,
  patterns: Patterns = {},
): (value: unknown) => Checked<FromSchema<S>> {
  // Interpreted, and every fault told: nothing is compiled while a function starts.
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

/** Keywords that say only that something below them is wrong. */
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

/** The validator gives URI fragments: `#/a%20b`. */
function pointerOf(location: string): string {
  return decodeURIComponent(location.slice(1));
}

/** The part of the schema in which the keyword stands that was failed. */
function holderOf(keywordLocation: string, schema: object): SaidSchema {
  const names = pointerOf(keywordLocation).split('/').slice(1, -1);
  const plain = names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return plain.reduce<object>((part, name) => (part as Record<string, object>)[name] ?? {}, schema);
}
