import { FAULT_KINDS, type FaultRule, MATCH_FIELDS } from './faults.ts';

/** The result of reading a request for faults: its rules, or what is wrong with it. */
export type ReadFaultRules =
  | { readonly rules: readonly FaultRule[]; readonly problem?: undefined }
  | { readonly rules?: undefined; readonly problem: string };

const NUMBERS = ['times', 'probability', 'delayMs'] as const;
const FIELDS: readonly string[] = ['match', 'kind', ...NUMBERS];

/** Reads one rule or an array of rules, in JSON: all of them, or none if one is wrong. */
export function readFaultRules(json: string): ReadFaultRules {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { problem: 'the faults are not JSON' };
  }
  const rules = [value].flat();
  const problem = rules.map(problemOf).find((found) => found !== undefined);
  return problem === undefined ? { rules: rules as FaultRule[] } : { problem };
}

function problemOf(rule: unknown): string | undefined {
  if (!isObject(rule)) return 'a fault is an object, such as {"match":{"service":"s3"},"kind":"error"}';
  const { match = {}, kind } = rule;
  if (!(FAULT_KINDS as readonly unknown[]).includes(kind)) return `the kind of a fault is ${anyOf(FAULT_KINDS)}`;
  if (!isObject(match) || !isOnlyOf(match, MATCH_FIELDS)) return `the match of a fault has only ${anyOf(MATCH_FIELDS)}`;
  if (!isOnlyOf(rule, FIELDS)) return `a fault has only ${anyOf(FIELDS)}`;
  return NUMBERS.filter((name) => rule[name] !== undefined && typeof rule[name] !== 'number').map(
    (name) => `${name} of a fault is a number`,
  )[0];
}

function isOnlyOf(object: object, names: readonly string[]): boolean {
  return Object.keys(object).every((name) => names.includes(name));
}

function anyOf(names: readonly string[]): string {
  return names.join(', ').replace(/, ([^,]*)$/, ' or $1');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
