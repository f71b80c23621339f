import { API_PATH } from '../http/requests/base-url.ts';
import { createOpenApiDocument } from './document.ts';

/** The parts of a JSON Schema from which an outline is made. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
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

/** The framework's form of `request:` for a route. */
export interface RequestCheck {
  /** Models in draft-04 by content type. */
  readonly schemas?: Readonly<Record<string, object>>;
  readonly parameters?: Readonly<Record<string, Readonly<Record<string, true>>>>;
}

/** The framework's names for the locations of parameters. */
const FRAMEWORK_NAMES = { path: 'paths', query: 'querystrings', header: 'headers' } as const;

/**
 * The outline of a body in draft-04, the only draft that API Gateway accepts: its type, and nothing else. Only a function
 * says where the fault is, so a required field or the length of a list is left to it.
 */
export function outlineOf({ type }: Schema): object {
  return { $schema: 'http://json-schema.org/draft-04/schema#', ...(type !== undefined && { type }) };
}

function modelsOf({ requestBody }: Operation, schemas: Readonly<Record<string, Schema>>): RequestCheck {
  // An optional body has no model, as API Gateway would require the body.
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

/**
 * The checks of API Gateway for each route, such as `get v1/actions`, before it calls a function. All of them are made
 * from the OpenAPI document.
 */
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
