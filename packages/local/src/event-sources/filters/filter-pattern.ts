import { type FilterCondition, type Grammar, LAMBDA_GRAMMAR, readCondition } from './filter-condition.ts';
import { isJsonObject, isLeaf, type JsonValue, type Leaf } from './json-value.ts';

/** Whether a pattern matches a value. */
export type FilterPattern = (value: JsonValue) => boolean;

/** Reads a filter pattern by AWS' grammar; throws what is wrong with it, and where. */
export function readFilterPattern(pattern: unknown, grammar = LAMBDA_GRAMMAR): FilterPattern {
  if (JSON.stringify(pattern).length > grammar.maxCharacters) {
    throw new Error(`A filter pattern has at most ${grammar.maxCharacters} characters`);
  }
  const level = readLevel(pattern, [], grammar);
  return (value) => matchesLevel(level, value, elementsOf(value));
}

/** An object of a pattern: every key must match, and one of the alternatives of `$or`. */
interface Level {
  readonly keys: readonly (readonly [string, Level | readonly FilterCondition[]])[];
  readonly alternatives: readonly Level[];
}

type Path = readonly string[];

function readLevel(pattern: unknown, path: Path, grammar: Grammar): Level {
  if (typeof pattern !== 'object' || pattern === null || Array.isArray(pattern)) {
    throw problemAt(path, 'takes an object');
  }
  const { $or, ...others } = pattern as Readonly<Record<string, unknown>>;
  const keys = Object.entries(others).map(([key, value]) => [key, readKey(value, [...path, key], grammar)] as const);
  const alternatives = $or === undefined ? [] : readAlternatives($or, [...path, '$or'], grammar);
  if (keys.length === 0 && alternatives.length === 0) throw problemAt(path, 'is empty');
  return { keys, alternatives };
}

function readKey(value: unknown, path: Path, grammar: Grammar): Level | readonly FilterCondition[] {
  if (!Array.isArray(value)) {
    if (typeof value !== 'object' || value === null) throw problemAt(path, 'takes an array or an object');
    return readLevel(value, path, grammar);
  }
  if (value.length === 0) throw problemAt(path, 'takes an array that is not empty');
  return value.map((condition: unknown) => {
    try {
      return readCondition(condition, grammar);
    } catch (error) {
      throw problemAt(path, `is wrong: ${(error as Error).message}`);
    }
  });
}

function readAlternatives(or: unknown, path: Path, grammar: Grammar): readonly Level[] {
  if (!Array.isArray(or) || or.length < 2) throw problemAt(path, 'takes an array of two patterns or more');
  return or.map((alternative: unknown) => readLevel(alternative, path, grammar));
}

function problemAt(path: Path, problem: string): Error {
  return new Error(path.length === 0 ? `The pattern ${problem}` : `"${path.join('.')}" ${problem}`);
}

/**
 * All keys must match within one element of an array. The absence of a key is checked in every element to which the
 * same path leads (`reached`), as AWS' own matcher does.
 */
function matchesLevel(level: Level, value: JsonValue | undefined, reached: readonly JsonValue[]): boolean {
  const elements = value === undefined ? [] : elementsOf(value);
  return (elements.length === 0 ? [undefined] : elements).some(
    (element) =>
      level.keys.every(([key, expected]) => matchesKey(expected, childOf(element, key), childrenOf(reached, key))) &&
      (level.alternatives.length === 0 ||
        level.alternatives.some((alternative) => matchesLevel(alternative, element, reached))),
  );
}

function matchesKey(
  expected: Level | readonly FilterCondition[],
  value: JsonValue | undefined,
  reached: readonly JsonValue[],
): boolean {
  if ('alternatives' in expected) return matchesLevel(expected, value, reached);
  const leaves = value === undefined ? [] : leavesOf([value]);
  const isAbsent = leavesOf(reached).length === 0;
  return expected.some((condition) => (condition.on === 'absence' ? isAbsent : leaves.some(condition.test)));
}

function childOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function childrenOf(values: readonly JsonValue[], key: string): readonly JsonValue[] {
  return values.flatMap((value) => {
    const child = childOf(value, key);
    return child === undefined ? [] : elementsOf(child);
  });
}

function elementsOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value.flatMap(elementsOf) : [value];
}

/** Conditions see leaves only: an object in place of a leaf counts as absent. */
function leavesOf(values: readonly JsonValue[]): readonly Leaf[] {
  return values.flatMap(elementsOf).filter(isLeaf);
}
