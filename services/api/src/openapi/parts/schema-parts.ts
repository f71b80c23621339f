/** A part of an OpenAPI document. */
export type Part = Readonly<Record<string, unknown>>;

/** A time in an answer. */
export const timeSchema = { type: 'string', format: 'date-time', description: 'RFC 3339, in UTC with milliseconds' };

/** A number of things. */
export const countSchema = { type: 'integer', minimum: 0 };

/** An object in an answer. All of its members are always present, except those in `optional`. */
export function objectSchema(description: string, properties: Part, optional: readonly string[] = []): Part {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', description, properties, required };
}

/** A reference to a schema of the document by its name. */
export function refTo(name: string): Part {
  return { $ref: `#/components/schemas/${name}` };
}

/** An optional parameter in the query. The page's requests contain it if it has an `example`. */
export function inQuery(name: string, description: string, { example, ...schema }: Part): Part {
  return { name, in: 'query', description, schema, ...(example !== undefined && { example }) };
}

/** A parameter in the path, with an `example`. The page explains it once, before the operations. */
export function inPath(name: string, description: string, { example, ...schema }: Part): Part {
  return { name, in: 'path', required: true, description, schema, example };
}
