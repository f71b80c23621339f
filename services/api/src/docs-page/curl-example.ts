import type { PlacedOperation } from './open-api.ts';

/** A text between the shell's single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function exampleOf({ name, example }: { name: string; example?: unknown }, path: string): string {
  if (example !== undefined) return encodeURIComponent(String(example));
  if (name === 'action') return 'checkout';
  // What a reader has at hand: an id from an answer before.
  if (name === 'id') return `$ID_OF_${path.split('/')[2]?.replace(/s$/, '').toUpperCase()}`;
  return `$${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
}

function urlOf({ path, operation }: PlacedOperation): string {
  const parameters = operation.parameters ?? [];
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) =>
    exampleOf(parameters.find((parameter) => parameter.name === name) ?? { name }, path),
  );
  return `"$API${filled.replace(/^\/v1/, '')}"`;
}

/** A request that can be pasted into a shell, after the two lines at the beginning of the page. */
export function curlExample(placed: PlacedOperation): string {
  const { method, operation } = placed;
  const needsKey = operation.security?.length !== 0;
  const [type, body] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  return [
    `curl ${method === 'get' || (method === 'post' && body) ? '' : `-X ${method.toUpperCase()} `}${urlOf(placed)}`,
    ...(needsKey ? [`-H "authorization: Bearer $KEY"`] : []),
    ...(type === undefined ? [] : [`-H ${quoted(`content-type: ${type}`)}`]),
    ...(body === undefined ? [] : [`-d ${quoted(JSON.stringify(body.example, null, 2))}`]),
  ].join(' \\\n  ');
}
