import fc from 'fast-check';
import type { AnswersDocument } from '../../services/api/src/testing/answer-check.ts';
import { type Schemas, schemaValues, type ValueSchema } from '../../services/api/src/testing/schema-values.ts';
import { FIXTURES } from './contract-fixtures.ts';
import type { Doors } from './doors.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: ValueSchema & { readonly default?: unknown };
  readonly example?: unknown;
}

/** An operation of the served document. */
export interface Operation {
  readonly operationId: string;
  readonly security: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: ValueSchema; readonly example: unknown }>>;
  };
}

/** An operation with its place in the document. */
export interface Placed {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The parts of the served document that the tests use. */
export type Document = AnswersDocument & {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Schemas };
};

/** Every operation of a document. */
export function placedOperations({ paths }: Document): Placed[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
}

/** Values for the parameters of a path: the ids of resources that are created for this call. */
export async function pathValues(
  { path, operation }: Placed,
  schemas: Schemas,
  doors: Doors,
): Promise<Readonly<Record<string, string>>> {
  const make = FIXTURES.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1];
  const made: Readonly<Record<string, unknown>> = (await make?.(doors)) ?? {};
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  const values = names.map((name) => {
    const schema = operation.parameters?.find((parameter) => parameter.name === name)?.schema ?? {};
    return [name, made[name] === undefined ? acceptedSegment(schema, schemas) : String(made[name])];
  });
  return Object.fromEntries(values);
}

/**
 * A value that a schema accepts, as part of a path; not `.` or `..`, which every client takes for a step in the path.
 */
function acceptedSegment(schema: ValueSchema, schemas: Schemas): string {
  const segments = schemaValues(schema, schemas).map(String);
  const [segment = ''] = fc.sample(
    segments.filter((text) => !/^\.{0,2}$/.test(text)),
    1,
  );
  return segment;
}

/** Values for the query from the document: an example, a default, or one of the allowed values. */
export function queryValues({ operation }: Placed): Readonly<Record<string, string>> {
  const inQuery = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const values = inQuery.map(({ name, schema, example }) => [name, example ?? schema.default ?? schema.enum?.[0]]);
  return Object.fromEntries(
    values.filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]),
  );
}
