import { type Leaf, NumberText } from './json-value.ts';

/** One element of the array under a key of a pattern. */
export type FilterCondition =
  | { readonly on: 'leaf'; readonly test: Test }
  /** Matches if the key has no value. */
  | { readonly on: 'absence' };

/** Whether a value meets a condition. */
export type Test = (leaf: Leaf) => boolean;

/** Where the services that read patterns differ. */
export interface Grammar {
  /** For messages. */
  readonly name: string;
  readonly maxCharacters: number;
  /** What `exists` takes for a value. */
  readonly isValue: Test;
  readonly operators: Readonly<Record<string, (operand: unknown) => Test>>;
}

/** EventBridge's limits on numbers in a pattern. */
const MAX_NUMBER = 5e9;

/** Reads a condition; throws what is wrong with it. */
export function readCondition(condition: unknown, { name, isValue, operators }: Grammar): FilterCondition {
  if (condition === null || ['string', 'number', 'boolean'].includes(typeof condition)) {
    return onLeaf(equals(condition));
  }
  const [operator, operand] = onlyEntry(condition);
  if (operator === 'exists') {
    if (typeof operand !== 'boolean') throw new Error('"exists" takes true or false');
    return operand ? onLeaf(isValue) : { on: 'absence' };
  }
  const read = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (read === undefined) throw new Error(`"${operator}" is no operator of ${name}`);
  return onLeaf(read(operand));
}

/** The operators that all services have. */
export const OPERATORS: Readonly<Record<string, (operand: unknown) => Test>> = {
  prefix: (operand) => readAffix('prefix', operand),
  suffix: (operand) => readAffix('suffix', operand),
  'equals-ignore-case': readEqualsIgnoreCase,
  numeric: (operand) => readNumeric(operand, MAX_NUMBER),
  'anything-but': readAnythingBut,
};

/** Lambda's grammar. */
export const LAMBDA_GRAMMAR: Grammar = {
  name: "Lambda's filter patterns",
  maxCharacters: 4096,
  isValue: () => true,
  operators: OPERATORS,
};

function onLeaf(test: Test): FilterCondition {
  return { on: 'leaf', test };
}

function onlyEntry(condition: unknown): [string, unknown] {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) {
    throw new Error('A condition is a text, a number, true, false, null, or an object with one operator');
  }
  const [entry, ...others] = Object.entries(condition);
  if (entry === undefined || others.length > 0) throw new Error('A condition has exactly one operator');
  return entry;
}

function equals(expected: unknown): Test {
  if (typeof expected !== 'number') return (leaf) => leaf === expected;
  const text = JSON.stringify(expected);
  return (leaf) => leaf instanceof NumberText && leaf.text === text;
}

function readAffix(operator: 'prefix' | 'suffix', operand: unknown): Test {
  const ignoresCase = typeof operand === 'object' && operand !== null;
  const text = ignoresCase ? ignoredCase(operator, operand) : operand;
  if (typeof text !== 'string') throw new Error(`"${operator}" takes a text`);
  const affix = ignoresCase ? text.toLowerCase() : text;
  return (leaf) => {
    if (typeof leaf !== 'string') return false;
    const value = ignoresCase ? leaf.toLowerCase() : leaf;
    return operator === 'prefix' ? value.startsWith(affix) : value.endsWith(affix);
  };
}

function ignoredCase(operator: string, operand: unknown): unknown {
  const [inner, text] = onlyEntry(operand);
  if (inner !== 'equals-ignore-case') throw new Error(`"${operator}" takes a text, or "equals-ignore-case" with one`);
  return text;
}

function readEqualsIgnoreCase(operand: unknown): Test {
  if (typeof operand !== 'string') throw new Error('"equals-ignore-case" takes a text');
  const expected = operand.toLowerCase();
  return (leaf) => typeof leaf === 'string' && leaf.toLowerCase() === expected;
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `["=", n]`, one bound, or a lower bound and then an upper one. */
export function readNumeric(operand: unknown, maxNumber: number): Test {
  const parts: readonly unknown[] = Array.isArray(operand) ? operand : [];
  if (parts.length !== 2 && parts.length !== 4) throw new Error(NUMERIC_FORM);
  const [first, low, second, high] = parts;
  if ([low, high].some((bound) => Math.abs(Number(bound ?? 0)) > maxNumber)) {
    const limit = maxNumber.toExponential().replace('+', '');
    throw new Error(`A number of "numeric" lies between -${limit} and ${limit}`);
  }
  const tests = [readComparison(first, low), ...(parts.length === 4 ? [readComparison(second, high)] : [])];
  if (parts.length === 4) {
    const isRange = String(first).startsWith('>') && String(second).startsWith('<') && Number(low) < Number(high);
    if (!isRange) throw new Error('A range of "numeric" is a lower bound, and then a greater upper bound');
  }
  return (leaf) => leaf instanceof NumberText && tests.every((test) => test(Number(leaf.text)));
}

const NUMERIC_FORM = '"numeric" takes a comparison and a number, or two of each';

function readComparison(comparison: unknown, bound: unknown): (value: number) => boolean {
  const compare = COMPARISONS[String(comparison)];
  if (compare === undefined || typeof bound !== 'number') throw new Error(NUMERIC_FORM);
  return (value) => compare(value, bound);
}

/** What may stand inside `anything-but`, beside texts and numbers. */
const NEGATED = ['prefix', 'suffix', 'equals-ignore-case'];

function readAnythingBut(operand: unknown): Test {
  const excluded = typeof operand === 'object' && !Array.isArray(operand) ? readNegated(operand) : readValues(operand);
  return (leaf) => !excluded.some((test) => test(leaf));
}

function readNegated(operand: unknown): readonly Test[] {
  const [operator, inner] = onlyEntry(operand);
  const read = NEGATED.includes(operator) ? OPERATORS[operator] : undefined;
  if (read === undefined) throw new Error(`"anything-but" takes no "${operator}"`);
  if (listOf(inner).includes('')) throw new Error('"anything-but" takes no empty text');
  return listOf(inner).map(read);
}

function readValues(operand: unknown): readonly Test[] {
  const values = listOf(operand);
  const types = new Set(values.map((value) => typeof value));
  if (types.size !== 1 || !(types.has('string') || types.has('number'))) {
    throw new Error('"anything-but" takes texts only, or numbers only');
  }
  return values.map(equals);
}

function listOf(operand: unknown): readonly unknown[] {
  const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (values.length === 0) throw new Error('"anything-but" takes a list that is not empty');
  return values;
}
