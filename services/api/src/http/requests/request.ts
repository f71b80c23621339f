import type { APIGatewayProxyEvent } from 'aws-lambda';

/** One request, freed from API Gateway's envelope. */
export interface ApiRequest {
  readonly requestId: string;
  readonly method: string;
  /** As it was sent: segments are still percent-encoded. */
  readonly path: string;
  /** What lies before it at the host: `/production` where a stage has no domain of its own; nothing locally. */
  readonly rootPath: string;
  /** Decoded; a parameter given twice has two values. */
  readonly query: ReadonlyMap<string, readonly string[]>;
  /** By lower-case name. One that came several times has all of its values, separated by commas (RFC 9110, 5.3). */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | undefined;
  /** The body is base64 of the bytes that were sent. */
  readonly isBase64: boolean;
  /** What the authorizer says of the key; empty on routes that need none. */
  readonly authorizer: Readonly<Record<string, unknown>>;
}

/**
 * Reads a REST API (v1) proxy event. Half of a surrogate pair, which no request in UTF-8 holds, becomes U+FFFD, as API
 * Gateway makes of bytes that are none: answers repeat what was sent. What a body holds is the routes' to judge.
 */
export function toApiRequest(event: APIGatewayProxyEvent): ApiRequest {
  return {
    requestId: event.requestContext.requestId,
    method: event.httpMethod,
    path: event.path.toWellFormed(),
    rootPath: readRootPath(event),
    query: readQuery(event),
    headers: readHeaders(event),
    body: event.body ?? undefined,
    isBase64: event.isBase64Encoded === true,
    authorizer: event.requestContext.authorizer ?? {},
  };
}

/** API Gateway leaves the stage out of the path, and tells of it only here. */
function readRootPath({ path, requestContext }: APIGatewayProxyEvent): string {
  const whole = requestContext.path ?? path;
  return whole.endsWith(path) ? whole.slice(0, -path.length) : '';
}

function readQuery(event: APIGatewayProxyEvent): ReadonlyMap<string, readonly string[]> {
  const query = new Map<string, readonly string[]>();
  const set = (name: string, values: readonly (string | undefined)[]) =>
    query.set(
      name.toWellFormed(),
      values.map((value = '') => value.toWellFormed()),
    );
  for (const [name, value] of Object.entries(event.queryStringParameters ?? {})) set(name, [value]);
  for (const [name, values] of Object.entries(event.multiValueQueryStringParameters ?? {})) {
    if (values) set(name, values);
  }
  return query;
}

function readHeaders(event: APIGatewayProxyEvent): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(event.headers ?? {})) {
    if (typeof value === 'string') headers.set(name.toLowerCase(), value.toWellFormed());
  }
  for (const [name, values] of Object.entries(event.multiValueHeaders ?? {})) {
    if (values && values.length > 1) headers.set(name.toLowerCase(), values.join(', ').toWellFormed());
  }
  return headers;
}
