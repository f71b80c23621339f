/** What a call needs: an action of IAM on a resource. */
export interface Need {
  readonly action: string;
  /** Undefined if the call does not name it, as the next page of a list: then the action alone is compared. */
  readonly resource: string | undefined;
  /** The values of the condition keys that the call has. A key that may have several has a list. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** What the call does with the key that encrypts the resource, if its action does not say it. */
  readonly keyUses?: readonly string[];
}

/** The permissions of a role. */
export interface Policy {
  /** As in IAM: a statement allows it, and none denies it. */
  allows(need: Need): boolean;
  /** The grants that allow it; none if a statement denies it. */
  allowing(need: Need): readonly Grant[];
  readonly grants: readonly Grant[];
}

/** One action of a statement on one resource of it. */
export interface Grant {
  readonly effect: 'Allow' | 'Deny';
  readonly action: string;
  readonly resource: string;
  readonly conditions: readonly Condition[];
}

interface Condition {
  readonly key: string;
  /** Takes the values of the key; undefined if the call does not have it. */
  readonly matches: (value: string | readonly string[] | undefined) => boolean;
}

/** Reads the resolved statements of a role. Throws on what it does not know, so that nothing passes by mistake. */
export function readPolicy(statements: readonly unknown[]): Policy {
  const grants = statements.flatMap(readStatement);
  const allowing = (need: Need) => {
    const matching = grants.filter((grant) => isAbout(grant, need));
    return matching.some(({ effect }) => effect === 'Deny') ? [] : matching;
  };
  return { grants, allowing, allows: (need) => allowing(need).length > 0 };
}

/** IAM's wildcards: `*` is any text, `?` one character. */
export function matchesPattern(pattern: string, text: string): boolean {
  // Walks both texts once, back to the last `*` after a difference: a pattern of many stars costs no more.
  let at = 0;
  let textAt = 0;
  let star = -1;
  let starText = 0;
  while (textAt < text.length) {
    if (pattern[at] === '*') {
      star = at;
      starText = textAt;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[textAt])) {
      at += 1;
      textAt += 1;
    } else if (star >= 0) {
      at = star + 1;
      starText += 1;
      textAt = starText;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

function isAbout(grant: Grant, { action, resource, context = {} }: Need): boolean {
  if (!matchesPattern(grant.action.toLowerCase(), action.toLowerCase())) return false;
  if (resource !== undefined && !matchesPattern(grant.resource, resource)) return false;
  return grant.conditions.every(({ key, matches }) => matches(context[key]));
}

const ELEMENTS = new Set(['Sid', 'Effect', 'Action', 'Resource', 'Condition']);

function readStatement(statement: unknown): Grant[] {
  if (!isObject(statement)) throw new Error(`A statement of a role is not an object: ${JSON.stringify(statement)}`);
  const unknown = Object.keys(statement).find((element) => !ELEMENTS.has(element));
  if (unknown !== undefined) throw new Error(`The local AWS does not know ${unknown} in a statement of a role`);
  const { Effect, Action, Resource, Condition = {} } = statement;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw new Error(`A statement of a role has the Effect ${Effect}`);
  const actions = texts('Action', Action);
  const resources = texts('Resource', Resource);
  // A name that is no ARN matches nothing: to deny it would deny nothing.
  const noArn = resources.find((resource) => resource !== '*' && !resource.startsWith('arn:'));
  if (Effect === 'Deny' && noArn !== undefined) throw new Error(`A role denies ${noArn}, which is no ARN`);
  const conditions = readConditions(Condition);
  return actions.flatMap((action) => resources.map((resource) => ({ effect: Effect, action, resource, conditions })));
}

function texts(element: string, value: unknown): string[] {
  const list = [value].flat();
  for (const text of list) {
    // `${…}` is one of IAM's own variables: they are not resolved.
    if (typeof text !== 'string' || text.includes('$' + '{')) {
      throw new Error(`The local AWS cannot resolve the ${element} of a role's statement: ${JSON.stringify(text)}`);
    }
  }
  return list as string[];
}

const same = (pattern: string, value: string) => pattern === value;

const OPERATORS: Readonly<Record<string, (pattern: string, value: string) => boolean>> = {
  StringEquals: same,
  StringLike: matchesPattern,
  // IAM treats both alike.
  ArnEquals: matchesPattern,
  ArnLike: matchesPattern,
};

/** Before an operator: it is for a key with several values, and each of them must match. */
const FOR_ALL = 'ForAllValues:';

/** The keys that a need can have. None has `kms:ViaService`: AWS Backup, whose role names it, is not here. */
const CONDITION_KEYS = new Set([
  's3:prefix',
  'dynamodb:LeadingKeys',
  'kms:EncryptionContext:aws:lambda:FunctionArn',
  'kms:ViaService',
  'ses:FromAddress',
]);

function readConditions(conditions: unknown): Condition[] {
  if (!isObject(conditions)) throw new Error('A Condition of a role is not an object');
  return Object.entries(conditions).flatMap(([operator, keys]) => {
    const isForAll = operator.startsWith(FOR_ALL);
    const compare = OPERATORS[isForAll ? operator.slice(FOR_ALL.length) : operator];
    if (compare === undefined) throw new Error(`The local AWS does not know the condition operator ${operator}`);
    return Object.entries(keys as object).map(([key, value]) => {
      if (!CONDITION_KEYS.has(key)) throw new Error(`The local AWS does not know the condition key ${key}`);
      const patterns = texts('Condition', value);
      const isMatching = (value: string) => patterns.some((pattern) => compare(pattern, value));
      return { key, matches: isForAll ? forAll(isMatching) : forOne(isMatching) };
    });
  });
}

/** A key that the call does not have does not match. */
function forOne(isMatching: (value: string) => boolean): Condition['matches'] {
  return (value) => typeof value === 'string' && isMatching(value);
}

/** As in IAM, a key that the call does not have matches. */
function forAll(isMatching: (value: string) => boolean): Condition['matches'] {
  return (value = []) => [value].flat().every(isMatching);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
