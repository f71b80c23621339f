/** The parts of a JSON Schema that become types. */
export interface SchemaView {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly SchemaView[];
  readonly oneOf?: readonly SchemaView[];
  readonly items?: SchemaView;
  readonly properties?: Readonly<Record<string, SchemaView>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaView | boolean;
}

/** A field of an object: its type, as text. */
export interface FieldView {
  readonly name: string;
  readonly text: string;
  readonly isRequired: boolean;
  readonly description?: string | undefined;
}

const SCALARS: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
};

/** The type of a schema as TypeScript. Throws for a keyword that it does not know: a type must not say less. */
export function schemaText(schema: SchemaView, indent = ''): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? '';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return union(options.map((option) => schemaText(option, indent)));
  const types = [schema.type ?? (schema.properties ? 'object' : [])].flat();
  if (types.length === 0 || 'allOf' in schema) throw new Error(`no type for ${JSON.stringify(schema)}`);
  return union(types.map((type) => typeText(type, schema, indent)));
}

function union(texts: readonly string[]): string {
  return [...new Set(texts)].join(' | ');
}

function typeText(type: string, schema: SchemaView, indent: string): string {
  if (type === 'array') return listText(schemaText(schema.items ?? {}, indent));
  if (type === 'object') return objectText(schema, indent);
  const scalar = SCALARS[type];
  if (scalar === undefined) throw new Error(`no type for ${type}`);
  return scalar;
}

function listText(item: string): string {
  return item.includes(' | ') ? `readonly (${item})[]` : `readonly ${item}[]`;
}

function objectText({ properties, required = [], additionalProperties }: SchemaView, indent: string): string {
  if (properties === undefined) {
    const value = typeof additionalProperties === 'object' ? schemaText(additionalProperties, indent) : 'unknown';
    return `Readonly<Record<string, ${value}>>`;
  }
  const fields = Object.entries(properties).map(([name, schema]) => ({
    name,
    text: schemaText(schema, `${indent}  `),
    isRequired: required.includes(name),
    description: schema.description,
  }));
  return fieldsText(fields, indent);
}

/** An object type with these fields. */
export function fieldsText(fields: readonly FieldView[], indent: string): string {
  const inner = `${indent}  `;
  const lines = fields.map(({ name, text, isRequired, description }) => {
    return `${docText(description, inner)}${inner}readonly ${name}${isRequired ? '' : '?'}: ${text};\n`;
  });
  return `{\n${lines.join('')}${indent}}`;
}

/** A comment of its own line, or nothing. */
export function docText(description: string | undefined, indent: string): string {
  if (description === undefined) return '';
  return `${indent}/** ${description.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ').trim()} */\n`;
}
