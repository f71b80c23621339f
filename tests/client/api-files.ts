import { docText, type FieldView, fieldsText, type SchemaView, schemaText } from './schema-text.ts';

interface ContentView {
  readonly schema: SchemaView;
  readonly examples?: Readonly<Record<string, { readonly value: { readonly type: string } }>>;
}

interface ParameterView {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: SchemaView;
}

interface OperationView {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly ParameterView[];
  readonly requestBody?: { readonly description?: string; readonly content: Readonly<Record<string, ContentView>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, ContentView>> }>>;
}

/** The parts of the API's OpenAPI document that the client is made from. */
export interface DocumentView {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationView>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, SchemaView>> };
}

const HEAD = '// Written by `npm run client-api` from the OpenAPI document of the API. Do not change it by hand.\n';
const PROBLEM_JSON = 'application/problem+json';
const PROBLEM_PREFIX = 'urn:weir:problem:';

/** The files below `packages/client/src/api/` that follow from the document, by name. */
export function apiFiles(document: DocumentView): Readonly<Record<string, string>> {
  const placed = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ call: `${method.toUpperCase()} ${path}`, operation })),
  );
  const operations = placed.map(({ operation }) => operation);
  return {
    'schemas.ts': `${HEAD}\n${schemaLines(document).join('\n')}`,
    'operations.ts': [
      HEAD,
      `import type {\n${namesIn(document, operations)}} from './schemas.ts';\n`,
      '/** Method and path of each operation. */',
      `export const OPERATIONS = {\n${placed.map(callLine).join('')}} as const;\n`,
      '/** What each operation takes and answers. */',
      `export interface Operations {\n${operations.map(operationText).join('')}}\n`,
      '/** The names of the problems that the document has, without `urn:weir:problem:`. */',
      `export type ProblemName =${problemNames(operations)};\n`,
    ].join('\n'),
  };
}

function schemaLines({ components }: DocumentView): string[] {
  return Object.entries(components.schemas).map(([name, schema]) => {
    const text = schemaText(schema);
    const declared =
      text.startsWith('{') && text.endsWith('}') ? `interface ${name} ${text}` : `type ${name} = ${text};`;
    return `${docText(schema.description ?? name, '')}export ${declared}\n`;
  });
}

function callLine({ call, operation }: { call: string; operation: OperationView }): string {
  return `  ${operation.operationId}: '${call}',\n`;
}

/** The schemas that the operations name. */
function namesIn({ components }: DocumentView, operations: readonly OperationView[]): string {
  const used = operations.map(operationText).join('');
  const names = Object.keys(components.schemas).filter((name) =>
    new RegExp(`: ${name}( \\||;)|\\| ${name};`).test(used),
  );
  return names
    .sort()
    .map((name) => `  ${name},\n`)
    .join('');
}

function operationText(operation: OperationView): string {
  const input = fieldsText(inputFields(operation), '    ');
  const about = docText([`${operation.summary}.`, operation.description].filter(Boolean).join(' '), '  ');
  return `${about}  readonly ${operation.operationId}: {\n    readonly input: ${input};\n    readonly answer: ${answerText(operation)};\n  };\n`;
}

/** Parameters of the path, of the query, and headers, by their names in TypeScript; and the body. */
function inputFields({ parameters = [], requestBody }: OperationView): FieldView[] {
  const fields = parameters.map(({ name, required = false, description, schema }) => {
    const isRequired = required;
    return { name: camelCase(name), text: schemaText(schema, '      '), isRequired, description };
  });
  const [content] = Object.values(requestBody?.content ?? {});
  if (content === undefined) return fields;
  const { description } = requestBody ?? {};
  return [...fields, { name: 'body', text: schemaText(content.schema, '      '), isRequired: true, description }];
}

/** `If-None-Match` as `ifNoneMatch`. */
function camelCase(name: string): string {
  return name[0]?.toLowerCase() + name.slice(1).replaceAll('-', '');
}

/** What an operation that succeeded answers. */
function answerText({ responses }: OperationView): string {
  const succeeded = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  const texts = succeeded.map(([, { content }]) => {
    const [found] = Object.values(content ?? {});
    return found === undefined ? 'undefined' : schemaText(found.schema, '    ');
  });
  return [...new Set(texts)].join(' | ');
}

function problemNames(operations: readonly OperationView[]): string {
  const examples = operations.flatMap(({ responses }) =>
    Object.values(responses).flatMap(({ content }) => Object.values(content?.[PROBLEM_JSON]?.examples ?? {})),
  );
  const names = new Set(examples.map(({ value }) => value.type.slice(PROBLEM_PREFIX.length)));
  return [...names]
    .sort()
    .map((name) => `\n  | '${name}'`)
    .join('');
}
