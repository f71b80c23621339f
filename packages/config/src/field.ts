/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A value read from the environment, or what is wrong with it. */
export type FieldResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: string };

/** Reads one value from the environment. */
export type Field<T> = (env: Environment) => FieldResult<T>;

interface TextOptions {
  readonly fallback?: string;
}

interface IntegerOptions {
  readonly min?: number;
  readonly max?: number;
  readonly fallback?: number;
}

interface FlagOptions {
  readonly fallback?: boolean;
}

interface ChoiceOptions<T extends string> {
  readonly fallback?: T;
}

/** A variable that holds any text that is not empty. */
export function text(name: string, { fallback }: TextOptions = {}): Field<string> {
  return variable(name, fallback, accept);
}

/** A variable that holds a decimal integer from `min` to `max`. */
export function integer(
  name: string,
  { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER, fallback }: IntegerOptions = {},
): Field<number> {
  return variable(name, fallback, (raw) => {
    const value = /^-?\d+$/.test(raw) ? Number(raw) : Number.NaN;
    return value >= min && value <= max
      ? accept(value)
      : refuse(`${name} must be an integer from ${min} to ${max}, not ${JSON.stringify(raw)}`);
  });
}

/** A variable that holds one of `choices`. */
export function oneOf<const T extends string>(
  name: string,
  choices: readonly T[],
  { fallback }: ChoiceOptions<NoInfer<T>> = {},
): Field<T> {
  return variable(name, fallback, (raw) => {
    const choice = choices.find((candidate) => candidate === raw);
    return choice === undefined
      ? refuse(`${name} must be one of ${choices.join(', ')}, not ${JSON.stringify(raw)}`)
      : accept(choice);
  });
}

/** A variable that holds `true` or `false`. */
export function flag(name: string, { fallback }: FlagOptions = {}): Field<boolean> {
  return variable(name, fallback, (raw) =>
    raw === 'true' || raw === 'false'
      ? accept(raw === 'true')
      : refuse(`${name} must be true or false, not ${JSON.stringify(raw)}`),
  );
}

/** A variable that holds a URL; undefined if it is missing or empty. */
export function url(name: string): Field<string | undefined> {
  return (env) => {
    const raw = env[name];
    if (!raw) return accept(undefined);
    return URL.canParse(raw) ? accept(raw) : refuse(`${name} must be a URL, not ${JSON.stringify(raw)}`);
  };
}

/** A variable that holds values with commas between; an empty list if it is missing or empty. */
export function list(name: string): Field<readonly string[]> {
  return variable(name, [], (raw) => accept(raw.split(',').map((value) => value.trim())));
}

/** An empty variable counts as a missing one: an unset parameter of a template becomes an empty variable. */
function variable<T>(name: string, fallback: T | undefined, parse: (raw: string) => FieldResult<T>): Field<T> {
  return (env) => {
    const raw = env[name];
    if (raw) return parse(raw);
    return fallback === undefined ? refuse(`${name} is missing`) : accept(fallback);
  };
}

function accept<T>(value: T): FieldResult<T> {
  return { ok: true, value };
}

function refuse(problem: string): FieldResult<never> {
  return { ok: false, problem };
}
