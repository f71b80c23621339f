/** A JSON Schema (2020-12), as it stands in a document. */
export type Schema = Readonly<Record<string, unknown>>;

type Kind = 'string' | 'number' | 'array' | 'object';

/** Bounds, and the type of the values that they bound. */
const LOWER: Readonly<Record<string, Kind>> = {
  minLength: 'string',
  minimum: 'number',
  exclusiveMinimum: 'number',
  minItems: 'array',
  minProperties: 'object',
};
const UPPER: Readonly<Record<string, Kind>> = {
  maxLength: 'string',
  maximum: 'number',
  exclusiveMaximum: 'number',
  maxItems: 'array',
  maxProperties: 'object',
};
/** What no value breaks. */
export const ANNOTATIONS = new Set(
  ['title', 'description', 'example', 'examples', 'default', 'deprecated', '$schema', '$comment'].concat([
    'readOnly',
    'writeOnly',
  ]),
);
/** What is compared by a rule of its own. */
const RULED = new Set(
  ['$ref', 'type', 'enum', 'const', 'anyOf', 'oneOf', 'properties', 'required', 'additionalProperties', 'items'].concat(
    Object.keys({ ...LOWER, ...UPPER }),
  ),
);

/** The only values of a schema; undefined if it does not list them. */
export function valuesOf(schema: Schema): readonly unknown[] | undefined {
  return 'const' in schema ? [schema.const] : (schema.enum as readonly unknown[] | undefined);
}

/** The types of a schema's values; undefined if they may have any. */
export function typesOf(schema: Schema): readonly string[] | undefined {
  if (schema.type !== undefined) return [schema.type as string | readonly string[]].flat();
  const values = valuesOf(schema);
  return values && [...new Set(values.map(typeOf))];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Number.isInteger(value)) return 'integer';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Whether a schema has values of a type. */
export function hasType(schema: Schema, kind: string): boolean {
  const types = typesOf(schema);
  return types === undefined || types.includes(kind) || (kind === 'number' && types.includes('integer'));
}

/** The keywords of `sup` that refuse a value of `sub`. A keyword without a rule must stay as it is. */
export function narrowerKeywords(sub: Schema, sup: Schema): string[] {
  const lower = Object.keys(LOWER).filter((key) => isBeyond(sub, sup, { key, kind: LOWER[key] as Kind, sign: 1 }));
  const upper = Object.keys(UPPER).filter((key) => isBeyond(sub, sup, { key, kind: UPPER[key] as Kind, sign: -1 }));
  const others = Object.keys(sup).filter((key) => !RULED.has(key) && !ANNOTATIONS.has(key) && !key.startsWith('x-'));
  return [...lower, ...upper, ...others.filter((key) => !isSame(sub[key], sup[key]) && !fitsPattern(sub, key, sup))];
}

interface Bound {
  readonly key: string;
  readonly kind: Kind;
  /** 1 for a lower bound, -1 for an upper one. */
  readonly sign: 1 | -1;
}

function isBeyond(sub: Schema, sup: Schema, { key, kind, sign }: Bound): boolean {
  if (sup[key] === undefined || !hasType(sub, kind)) return false;
  const bound = sup[key] as number;
  const own = valuesOf(sub)?.map((value) => sizeOf(value) * sign) ?? [
    ((sub[key] as number) ?? -sign * Infinity) * sign,
  ];
  // A length is never below 0.
  const least = sign === 1 && kind !== 'number' ? 0 : Number.NEGATIVE_INFINITY;
  return own.some((value) => Math.max(value, least) < bound * sign);
}

function sizeOf(value: unknown): number {
  return typeof value === 'string' ? value.length : Number(value);
}

/** Listed values need no pattern that they fit anyway. */
function fitsPattern(sub: Schema, key: string, sup: Schema): boolean {
  const pattern = key === 'pattern' ? new RegExp(String(sup.pattern), 'u') : undefined;
  return pattern !== undefined && (valuesOf(sub)?.every((value) => pattern.test(String(value))) ?? false);
}

/** Whether two parts say the same, in whatever order of their keys. */
export function isSame(one: unknown, other: unknown): boolean {
  return textOf(one) === textOf(other);
}

function textOf(part: unknown): string | undefined {
  return JSON.stringify(part, (_key, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
