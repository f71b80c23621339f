/** The parts of a schema for which there are sentences. */
export interface SaidSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A sentence for each pattern, as no pattern explains itself. */
export type Patterns = Readonly<Record<string, string>>;

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
  null: 'null',
};

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': 'must be an RFC 3339 time, such as 2030-01-01T00:00:00Z',
};

/** How to correct a value that fails `keyword` of `schema`, for its sender. */
export function sentenceOf(keyword: string, schema: SaidSchema, patterns: Patterns): string {
  switch (keyword) {
    case 'type':
      return `must be ${[schema.type ?? []]
        .flat()
        .map((type) => TYPES[type])
        .join(' or ')}`;
    case 'enum':
      return `must be ${(schema.enum ?? []).length > 1 ? 'one of ' : ''}${schema.enum?.join(', ')}`;
    case 'minLength':
    case 'maxLength':
      return `must have ${range(schema.minLength, schema.maxLength)} characters`;
    case 'minItems':
    case 'maxItems':
      return `must have ${range(schema.minItems, schema.maxItems)} elements`;
    case 'minimum':
    case 'maximum':
      return `must be ${range(schema.minimum, schema.maximum)}`;
    case 'uniqueItems':
      return 'must have no element twice';
    case 'format':
      return FORMATS[schema.format ?? ''] ?? `must be a ${schema.format}`;
    case 'pattern':
      return patterns[schema.pattern ?? ''] ?? `must match ${schema.pattern}`;
    default:
      return 'is not valid; GET /v1/docs shows its form';
  }
}

function range(from: number | undefined, to: number | undefined): string {
  if (from === undefined) return `at most ${to}`;
  return to === undefined ? `at least ${from}` : `${from} to ${to}`;
}
