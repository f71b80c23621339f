import type { DocumentView, OperationView, RoutedOperation } from './open-api.ts';

/** A shell variable that a reader sets before pasting requests. */
export interface Placeholder {
  readonly name: string;
  /** An example of its value. */
  readonly example: string;
  readonly description: string;
}

const KEY: Placeholder = {
  name: 'KEY',
  example: 'weir_…',
  description: 'A key with the scope that the operation needs',
};

/** A request to paste into a shell in which the variables are set. */
export function curlExample(document: DocumentView, { method, path, operation }: RoutedOperation): string {
  const needsKey = operation.security?.length !== 0;
  const [type, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const query = queryOf(operation);
  return [
    `curl ${optionOf(method, { hasBody: body !== undefined, hasQuery: query.length > 0 })}${urlOf(document, path)}`,
    ...query,
    ...(needsKey ? [`-H "authorization: Bearer $${KEY.name}"`] : []),
    ...(type === undefined ? [] : [`-H ${quoted(`content-type: ${type}`)}`]),
    ...(body === undefined ? [] : [`-d ${quoted(JSON.stringify(body.example, null, 2))}`]),
  ].join(' \\\n  ');
}

/** Every variable in the requests of the page, once. */
export function placeholdersOf(operations: readonly RoutedOperation[]): Placeholder[] {
  const all = [KEY, ...operations.flatMap(placeholdersIn)];
  return [...new Map(all.map((placeholder) => [placeholder.name, placeholder])).values()];
}

/** The query, one parameter in a line: the parameters for which the document has examples. All others are optional. */
function queryOf({ parameters = [] }: OperationView): string[] {
  return (
    parameters
      .filter((parameter) => parameter.in === 'query' && parameter.example !== undefined)
      // A colon needs no encoding in a query, and times have many of them.
      .map(({ name, example }) => `-d ${name}=${encodeURIComponent(String(example)).replaceAll('%3A', ':')}`)
  );
}

/** With `-G`, curl puts the values of `-d` into the query. */
function optionOf(method: string, { hasBody, hasQuery }: { hasBody: boolean; hasQuery: boolean }): string {
  if (hasQuery) return '-G ';
  return method === 'get' || (method === 'post' && hasBody) ? '' : `-X ${method.toUpperCase()} `;
}

function urlOf({ servers: [server] }: DocumentView, path: string): string {
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => `$${variableOf(name, path)}`);
  return `"${server?.url}${filled}"`;
}

/** The variable for a part of a path. An `id` is named after the resource: `ID_OF_KEY`. */
function variableOf(name: string, path: string): string {
  const [, resources = ''] = path.split('/');
  if (name === 'id') return `ID_OF_${resources.replace(/(?<=ss)es$|s$/, '').toUpperCase()}`;
  return name.replace(/[A-Z]/g, '_$&').toUpperCase();
}

/** Quotes a text for the shell, in single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function placeholdersIn({ path, operation }: RoutedOperation): Placeholder[] {
  const parts = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
  return parts.map(({ name, example = '…', description = '' }) => ({
    name: variableOf(name, path),
    example: String(example),
    description,
  }));
}
