import { matchesPattern } from '@weir/local/rights';

/** A statement whose values are resolved. */
export interface PolicyStatement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  /** A trust policy has none: it is about its role. */
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** What somebody asks: an action on a resource, with the values of the condition keys that the request has. */
export interface PolicyRequest {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

type Values = readonly string[] | undefined;
type Operator = (patterns: readonly string[], values: Values) => boolean;

const likeAny = (patterns: readonly string[], value: string) => patterns.some((one) => matchesPattern(one, value));
const single =
  (compare: (patterns: readonly string[], value: string) => boolean): Operator =>
  (patterns, values) =>
    values?.length === 1 && compare(patterns, values[0] ?? '');

/** The operators that deploy/github.yml uses, and no others: nothing passes by mistake. */
const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: single((patterns, value) => patterns.includes(value)),
  StringLike: single(likeAny),
  ArnLike: single(likeAny),
  StringLikeIfExists: (patterns, values) => values === undefined || single(likeAny)(patterns, values),
  'ForAnyValue:StringEquals': (patterns, values = []) => values.some((value) => patterns.includes(value)),
  Null: ([isMissing], values) => (isMissing === 'true') === (values === undefined),
};

/** As IAM evaluates policies: a statement allows the request, and none denies it. Throws on an unknown operator. */
export function isAllowed(statements: readonly PolicyStatement[], request: PolicyRequest): boolean {
  const about = statements.filter((statement) => isAbout(statement, request));
  return about.some(({ Effect }) => Effect === 'Allow') && !about.some(({ Effect }) => Effect === 'Deny');
}

function isAbout({ Action, Resource, Condition = {} }: PolicyStatement, request: PolicyRequest): boolean {
  const { action, resource, context = {} } = request;
  const isNamed = [Action].flat().some((pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase()));
  if (!isNamed || (Resource !== undefined && !likeAny([Resource].flat(), resource))) return false;
  return Object.entries(Condition).every(([name, keys]) => {
    const operator = OPERATORS[name];
    if (operator === undefined) throw new Error(`there is no operator ${name} here`);
    return Object.entries(keys).every(([key, patterns]) => {
      const value = context[key];
      return operator([patterns].flat(), value === undefined ? undefined : [value].flat());
    });
  });
}
