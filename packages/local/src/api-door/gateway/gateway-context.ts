/** A request, limited to the values that a template can ask for. */
export interface GatewayRequest {
  readonly requestId: string;
  readonly method: string;
  readonly path: string;
  readonly stage: string;
}

/** API Gateway's variables, by their names after `$context.`. */
export type Context = ReadonlyMap<string, string>;

/** The values that exist for every request. */
export function contextOfRequest({ requestId, method, path, stage }: GatewayRequest): Context {
  return new Map([
    ['requestId', requestId],
    ['extendedRequestId', requestId],
    ['httpMethod', method],
    ['path', path],
    ['stage', stage],
  ]);
}

/**
 * Replaces `$context.name` and `${context.name}` by their values; API Gateway renders an unknown variable as nothing.
 */
export function renderTemplate(template: string, context: Context): string {
  return template.replace(
    /\$(?:\{context\.([A-Za-z.]*[A-Za-z])\}|context\.([A-Za-z.]*[A-Za-z]))/g,
    (_whole, braced: string | undefined, bare: string | undefined) => context.get(braced ?? bare ?? '') ?? '',
  );
}

/** The value of a header in a template: a text in quotes, or a variable. */
export function headerValue(value: string, context: Context): string {
  if (value.startsWith("'") && value.endsWith("'")) return value.slice(1, -1);
  return value.startsWith('context.') ? (context.get(value.slice('context.'.length)) ?? '') : '';
}
