import { API_PATH } from '../http/requests/base-url.ts';
import { createOpenApiDocument } from './document.ts';

/** A JSON Schema of ours, as far as an outline is taken from it. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly minItems?: number;
  readonly maxItems?: number;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
}

/** What the framework takes under `request:` of a route. */
export interface RequestCheck {
  /** Models in draft-04 by content type. */
  readonly schemas?: Readonly<Record<string, object>>;
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, true>>>>;
}

/** What the framework calls the locations of parameters. */
const FRAMEWORK_NAMES = { path: 'paths', query: 'querystrings', header: 'headers' } as const;

/**
 * The outline of a body in draft-04, which is all that API Gateway takes: the type, what must be there, how long lists may be.
 * It refuses nothing that the schema accepts; where the fault is, only a function says.
 */
export function outlineOf(schema: Schema): object {
  const lists = Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const bounds = boundsOf(property);
    return bounds === undefined ? [] : [[name, bounds] as const];
  });
  return {
    $schema: 'http://json-schema.org/draft-04/schema#',
    ...(schema.type !== undefined && { type: schema.type }),
    // An empty list is no schema in draft-04.
    ...(schema.required !== undefined && schema.required.length > 0 && { required: schema.required }),
    ...(lists.length > 0 && { properties: Object.fromEntries(lists) }),
    ...boundsOf(schema),
  };
}

/** How a body that is a list, or holds one, is bounded. */
function boundsOf({ type, minItems, maxItems }: Schema): object | undefined {
  if (type !== 'array') return undefined;
  return { type, ...(minItems !== undefined && { minItems }), ...(maxItems !== undefined && { maxItems }) };
}

function modelsOf({ requestBody }: Operation, schemas: Readonly<Record<string, Schema>>): RequestCheck {
  // A body that may be left out has no model: API Gateway would ask for it.
  if (requestBody?.required !== true) return {};
  const models = Object.entries(requestBody.content).map(([type, { schema }]) => {
    const name = schema.$ref?.split('/').at(-1);
    return [type, outlineOf(name === undefined ? schema : (schemas[name] ?? {}))];
  });
  return { schemas: Object.fromEntries(models) };
}

function requiredOf({ parameters = [] }: Operation): RequestCheck {
  const required = parameters.filter((parameter) => parameter.required);
  if (required.length === 0) return {};
  const byName = Map.groupBy(required, (parameter) => FRAMEWORK_NAMES[parameter.in]);
  const named = [...byName].map(([location, all]) => [
    location,
    Object.fromEntries(all.map(({ name }) => [name, true])),
  ]);
  return { parameters: Object.fromEntries(named) };
}

/** What API Gateway checks of each route before a function runs, by `get v1/actions`: all of it from the OpenAPI document. */
export function createRequestChecks(document: object = createOpenApiDocument()): Record<string, RequestCheck> {
  const { paths, components } = document as {
    paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    components: { schemas: Readonly<Record<string, Schema>> };
  };
  const checks = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const check = { ...modelsOf(operation, components.schemas), ...requiredOf(operation) };
      return [`${method} ${API_PATH.slice(1)}${path}`, check] as const;
    }),
  );
  return Object.fromEntries(checks.filter(([, check]) => Object.keys(check).length > 0));
}
