/** The parts of a JSON Schema that the page shows. */
export interface SchemaView {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaView>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SchemaView | boolean;
  readonly items?: SchemaView;
  readonly anyOf?: readonly SchemaView[];
  readonly oneOf?: readonly SchemaView[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly maxProperties?: number;
  readonly writeOnly?: boolean;
}

/** A parameter of an operation. */
export interface ParameterView {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: SchemaView;
  readonly example?: unknown;
}

/** A body in one media type. */
export interface ContentView {
  readonly schema: SchemaView;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** A header of an answer. */
export interface HeaderView {
  readonly $ref?: string;
  readonly description?: string;
}

/** An answer of one status. */
export interface AnswerView {
  readonly description: string;
  readonly headers?: Readonly<Record<string, HeaderView>>;
  readonly content?: Readonly<Record<string, ContentView>>;
}

/** An operation. */
export interface OperationView {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly ParameterView[];
  readonly requestBody?: {
    readonly description?: string;
    readonly content: Readonly<Record<string, ContentView>>;
  };
  readonly responses: Readonly<Record<string, AnswerView>>;
}

/** The parts of the document that the page shows. */
export interface DocumentView {
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly summary?: string;
    readonly description: string;
    readonly contact?: { readonly name: string; readonly url?: string };
  };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationView>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, SchemaView>>;
    readonly headers: Readonly<Record<string, HeaderView>>;
  };
}

/** An operation with its path and method. */
export interface RoutedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: OperationView;
}

/** The operations of a tag, in the order of the document. */
export function operationsOf({ paths }: DocumentView, tag: string): RoutedOperation[] {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  return all.filter(({ operation }) => operation.tags?.includes(tag));
}

/** The target of a reference, or the part itself if it is not a reference. */
export function resolve<T extends { readonly $ref?: string }>({ components }: DocumentView, part: T): T {
  const [kind, name] = part.$ref?.split('/').slice(-2) ?? [];
  if (kind === 'schemas') return components.schemas[name ?? ''] as unknown as T;
  return kind === 'headers' ? (components.headers[name ?? ''] as T) : part;
}
