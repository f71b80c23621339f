import type { AlarmState } from './alarm-state.ts';

/** The state of each alarm, by its name. */
export type States = ReadonlyMap<string, AlarmState>;

/** Whether a composite alarm is up. Throws if the rule names an alarm that has no state. */
export type Rule = (states: States) => boolean;

const TOKEN = /\s*(?:(?<state>ALARM|OK)\s*\(\s*"?(?<name>[^"()]+?)"?\s*\)|(?<word>AND|OR|NOT|TRUE|FALSE|\(|\)))\s*/y;

interface Token {
  readonly word?: string;
  readonly state?: string;
  readonly name?: string;
}

/**
 * Reads the rule of a composite alarm, as CloudWatch writes it: `ALARM("a") OR NOT (OK("b") AND TRUE)`. Throws if it is
 * not valid, or if it joins terms by both AND and OR without parentheses: CloudWatch does not say which comes first.
 */
export function readRule(text: string): Rule {
  const tokens = tokensOf(text);
  const rule = readTerms(tokens, text);
  if (tokens.length > 0) throw invalid(text);
  return rule;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const found = TOKEN.exec(text);
    if (found === null) throw invalid(text);
    tokens.push(found.groups as Token);
  }
  return tokens;
}

/** Terms with AND or OR between them. */
function readTerms(tokens: Token[], text: string): Rule {
  const terms = [readTerm(tokens, text)];
  const operators = new Set<string>();
  while (tokens[0]?.word === 'AND' || tokens[0]?.word === 'OR') {
    operators.add(tokens.shift()?.word ?? '');
    terms.push(readTerm(tokens, text));
  }
  if (operators.size > 1) throw new Error(`${text} needs parentheses, as it has AND and OR side by side`);
  const isAnd = operators.has('AND');
  return (states) => (isAnd ? terms.every((term) => term(states)) : terms.some((term) => term(states)));
}

function readTerm(tokens: Token[], text: string): Rule {
  const { word, state, name } = tokens.shift() ?? {};
  if (state !== undefined && name !== undefined) return (states) => stateOf(states, name) === state;
  if (word === 'TRUE' || word === 'FALSE') return () => word === 'TRUE';
  if (word === 'NOT') {
    const term = readTerm(tokens, text);
    return (states) => !term(states);
  }
  if (word !== '(') throw invalid(text);
  const inner = readTerms(tokens, text);
  if (tokens.shift()?.word !== ')') throw invalid(text);
  return inner;
}

function stateOf(states: States, name: string): AlarmState {
  const state = states.get(name);
  if (state === undefined) throw new Error(`the rule names ${name}, and the stage has no such alarm`);
  return state;
}

function invalid(text: string): Error {
  return new Error(`${text} is no rule of a composite alarm that tests/alarms can read`);
}
