import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import type { FromSchema } from '@weir/events';
import { findUncheckable } from './find-uncheckable.ts';
import type { Fault } from './problem.ts';

/** A value that satisfies its schema, or all that is wrong with it. */
export type Checked<T> =
  | { readonly kind: 'valid'; readonly value: T }
  | { readonly kind: 'faults'; readonly faults: Fault[] };

/** Checks a value against a JSON Schema (2020-12) that is a literal: its type follows from it. */
export function createCheck<const S extends object>(schema: S): (value: unknown) => Checked<FromSchema<S>> {
  // Interpreted, and every fault told: nothing is compiled while a function starts.
  const validator = new Validator(schema as Schema, '2020-12', false);
  return (value) => {
    const uncheckable = findUncheckable(value);
    if (uncheckable) return { kind: 'faults', faults: [uncheckable] };
    const { valid, errors } = validator.validate(value);
    if (valid) return { kind: 'valid', value: value as FromSchema<S> };
    return { kind: 'faults', faults: faultsOf(errors) };
  };
}

/** Keywords that say only that something below them is wrong. */
const SUMMARIES = new Set(['properties', 'items', 'additionalProperties', 'patternProperties', '$ref', 'allOf']);

/** A fault for each place: the first that is found wrong there. */
function faultsOf(errors: readonly OutputUnit[]): Fault[] {
  const faults = new Map<string, Fault>();
  for (const { keyword, instanceLocation, error } of errors) {
    if (SUMMARIES.has(keyword)) continue;
    const pointer = pointerOf(keyword === 'required' ? `${instanceLocation}/${missingName(error)}` : instanceLocation);
    if (!faults.has(pointer)) faults.set(pointer, { pointer, detail: detailOf(keyword, error) });
  }
  return [...faults.values()];
}

function missingName(error: string): string {
  const name = /property "(.*)"/.exec(error)?.[1] ?? '';
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** The validator gives URI fragments: `#/a%20b`. */
function pointerOf(location: string): string {
  return decodeURIComponent(location.slice(1));
}

function detailOf(keyword: string, error: string): string {
  if (keyword === 'required') return 'is missing';
  if (keyword === 'false') return 'is not a known field';
  return error;
}
