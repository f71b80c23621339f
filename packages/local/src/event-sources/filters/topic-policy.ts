import { BlockList, isIP } from 'node:net';
import { type Grammar, OPERATORS, readNumeric, type Test } from './filter-condition.ts';
import { type FilterPattern, readFilterPattern } from './filter-pattern.ts';
import { toJsonValue } from './json-value.ts';

/** An attribute of a message, as SNS has it. */
export interface TopicAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

/** What a filter policy sees of a message. */
export interface FilteredMessage {
  readonly text: string;
  readonly attributes: Readonly<Record<string, TopicAttribute>>;
}

/** Whether a subscriber receives a message. */
export type TopicPolicy = (message: FilteredMessage) => boolean;

type Json = Readonly<Record<string, unknown>>;

const MAX_KEYS = 5;
const MAX_COMBINATIONS = 150;
const MAX_NUMBER = 1e9;
const MAX_WILDCARDS = 3;

/** Reads the filter policy of a subscription; throws what is wrong with it, and where. `{}` is no policy. */
export function readTopicPolicy(policy: unknown, scope: unknown = 'MessageAttributes'): TopicPolicy {
  if (scope !== 'MessageAttributes' && scope !== 'MessageBody') {
    throw new Error(`A FilterPolicyScope is MessageAttributes or MessageBody, and not ${scope}`);
  }
  if (typeof policy === 'object' && policy !== null && Object.keys(policy).length === 0) return () => true;
  const matches = readFilterPattern(policy, TOPIC_GRAMMAR);
  expectWithinLimits(policy as Json, scope);
  return scope === 'MessageBody' ? ({ text }) => matchesBody(matches, text) : (message) => matchesOwn(matches, message);
}

const TOPIC_GRAMMAR: Grammar = {
  name: "SNS' filter policies",
  maxCharacters: 256 * 1024,
  // "The key must have a non-null and non-empty value."
  isValue: (leaf) => leaf !== null && leaf !== '',
  operators: {
    ...OPERATORS,
    numeric: (operand) => readNumeric(operand, MAX_NUMBER),
    wildcard: readWildcard,
    cidr: readCidr,
    'anything-but': readAnythingBut,
  },
};

function readAnythingBut(operand: unknown): Test {
  if (typeof operand === 'object' && operand !== null && 'wildcard' in operand) {
    const excluded = readWildcard(operand.wildcard);
    return (leaf) => !excluded(leaf);
  }
  return OPERATORS['anything-but']?.(operand) ?? (() => false);
}

function readWildcard(operand: unknown): Test {
  if (typeof operand !== 'string') throw new Error('"wildcard" takes a text');
  const parts = operand.split('*');
  if (parts.length > MAX_WILDCARDS + 1) throw new Error(`"wildcard" takes at most ${MAX_WILDCARDS} asterisks`);
  const expression = new RegExp(
    `^${parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*')}$`,
    's',
  );
  return (leaf) => typeof leaf === 'string' && expression.test(leaf);
}

function readCidr(operand: unknown): Test {
  const [address = '', bits = ''] = String(operand).split('/');
  const family = isIP(address);
  if (family === 0 || !/^\d+$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) {
    throw new Error('"cidr" takes a range of addresses, such as "10.0.0.0/24"');
  }
  const range = new BlockList();
  range.addSubnet(address, Number(bits), `ipv${family as 4 | 6}`);
  return (leaf) => typeof leaf === 'string' && isIP(leaf) === family && range.check(leaf, `ipv${family as 4 | 6}`);
}

/** SNS counts leaves; in a body, each array counts as often as it lies deep. */
function expectWithinLimits(policy: Json, scope: string): void {
  const leaves = leavesOf(policy, 1);
  if (scope === 'MessageAttributes' && leaves.some(({ depth }) => depth > 1)) {
    throw new Error('A policy for attributes has no nested keys (FilterPolicyScope: MessageBody has)');
  }
  if (leaves.length > MAX_KEYS) throw new Error(`A filter policy has at most ${MAX_KEYS} keys`);
  const combinations = leaves.reduce((product, { values, depth }) => product * values * depth, 1);
  if (combinations > MAX_COMBINATIONS) {
    throw new Error(`A filter policy has at most ${MAX_COMBINATIONS} combinations of values, and not ${combinations}`);
  }
}

interface PolicyLeaf {
  readonly values: number;
  readonly depth: number;
}

function leavesOf(level: Json, depth: number): readonly PolicyLeaf[] {
  return Object.entries(level).flatMap(([key, value]) => {
    if (key === '$or') return (value as readonly Json[]).flatMap((alternative) => leavesOf(alternative, depth));
    return Array.isArray(value) ? [{ values: value.length, depth }] : leavesOf(value as Json, depth + 1);
  });
}

/** Numbers are compared as numbers: 300, 300.0 and 3.0e2 are the same to SNS. */
function matchesBody(matches: FilterPattern, text: string): boolean {
  const body = parse(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  return matches(toJsonValue(body));
}

/** A message without attributes matches nothing, not even `exists: false`. */
function matchesOwn(matches: FilterPattern, { attributes }: FilteredMessage): boolean {
  const values = Object.entries(attributes).flatMap(([name, attribute]) => {
    const value = comparedValue(attribute);
    return value === undefined ? [] : [[name, value]];
  });
  return values.length > 0 && matches(toJsonValue(Object.fromEntries(values)));
}

/** An attribute's type may have a label of its own behind a dot; SNS does not compare bytes. */
function comparedValue({ DataType, StringValue = '' }: TopicAttribute): unknown {
  if (DataType === 'String.Array') {
    const elements = parse(StringValue);
    return Array.isArray(elements) ? elements : undefined;
  }
  if (/^Number(?:\.|$)/.test(DataType)) return Number(StringValue);
  return /^String(?:\.|$)/.test(DataType) ? StringValue : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
