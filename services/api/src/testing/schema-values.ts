import fc from 'fast-check';

/** The parts of a JSON Schema from which values are made. */
export interface ValueSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly ValueSchema[];
  readonly oneOf?: readonly ValueSchema[];
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | ValueSchema;
  readonly items?: ValueSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The schemas that references name. */
export type Schemas = Readonly<Record<string, ValueSchema>>;

/** More items would only be slower. */
const MOST_ITEMS = 4;

/** Values that mostly satisfy a schema. Some keywords are left to chance. */
export function schemaValues(given: ValueSchema, schemas: Schemas): fc.Arbitrary<unknown> {
  const schema = given.$ref === undefined ? given : (schemas[given.$ref.split('/').at(-1) ?? ''] ?? {});
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => schemaValues(choice, schemas)));
  const types = schema.type === undefined ? [schema.properties ? 'object' : 'any'] : [schema.type].flat();
  return fc.oneof(...types.map((type) => (type === 'any' ? fc.jsonValue() : valuesOfType(type, schema, schemas))));
}

function valuesOfType(type: string, schema: ValueSchema, schemas: Schemas): fc.Arbitrary<unknown> {
  if (type === 'string') return textsOf(schema);
  if (type === 'integer' || type === 'number') return numbersOf(schema, type === 'integer');
  if (type === 'array') return listsOf(schema, schemas);
  if (type === 'object') return objectsOf(schema, schemas);
  return type === 'boolean' ? fc.boolean() : fc.constant(null);
}

function textsOf({ format, pattern, minLength = 0, maxLength = minLength + 20 }: ValueSchema): fc.Arbitrary<unknown> {
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
  const limits = { minLength, maxLength: Math.min(maxLength, minLength + 20) };
  const letters = fc.string({
    unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzA09'),
    ...limits,
    minLength: Math.max(1, minLength),
  });
  if (pattern !== undefined && isPlainPattern(pattern)) {
    return fc.oneof(fc.stringMatching(new RegExp(pattern)), letters);
  }
  const texts = fc.oneof(letters, fc.string({ unit: 'binary', ...limits }));
  return pattern === undefined ? texts : texts.filter((text) => new RegExp(pattern, 'u').test(text));
}

/** Whether fast-check can generate texts for a pattern. For other patterns, texts that do not match are dropped. */
function isPlainPattern(pattern: string): boolean {
  return !/\(\?[!<=]|\\u|\\p/.test(pattern);
}

function numbersOf({ minimum = -1e9, maximum = 1e15 }: ValueSchema, isInteger: boolean): fc.Arbitrary<unknown> {
  const integers = fc.integer({ min: Math.ceil(minimum), max: Math.min(maximum, 2 ** 53 - 1) });
  return isInteger ? integers : fc.oneof(integers, fc.double({ min: minimum, max: maximum, noNaN: true }));
}

function listsOf(schema: ValueSchema, schemas: Schemas): fc.Arbitrary<unknown> {
  const { items, minItems = 0, maxItems = minItems + MOST_ITEMS, uniqueItems } = schema;
  const item = items ? schemaValues(items, schemas) : fc.jsonValue();
  const limits = { minLength: minItems, maxLength: Math.min(maxItems, minItems + MOST_ITEMS) };
  return uniqueItems ? fc.uniqueArray(item, { ...limits, selector: JSON.stringify }) : fc.array(item, limits);
}

function objectsOf(schema: ValueSchema, schemas: Schemas): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  const known = Object.entries(properties).map(([name, property]) => [name, schemaValues(property, schemas)] as const);
  const others = required
    .filter((name) => !Object.hasOwn(properties, name))
    .map((name) => [name, fc.jsonValue()] as const);
  const record = fc.record(Object.fromEntries([...known, ...others]), { requiredKeys: [...required] });
  if (additionalProperties === false) return record;
  const more = typeof additionalProperties === 'object' ? schemaValues(additionalProperties, schemas) : fc.jsonValue();
  const names = fc
    .string({ minLength: 1, maxLength: 8 })
    .filter((name) => !Object.hasOwn(properties, name) && !required.includes(name));
  return fc.tuple(record, fc.dictionary(names, more, { maxKeys: 2 })).map(([own, added]) => ({ ...added, ...own }));
}
