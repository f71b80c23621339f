import type { APIGatewayProxyEvent } from 'aws-lambda';

/** A request without API Gateway's envelope. */
export interface ApiRequest {
  readonly requestId: string;
  readonly method: string;
  /** As it was sent, with percent-encoded segments. */
  readonly path: string;
  /** The path before the API's own path: `/production` if the stage has no domain of its own; empty on this machine. */
  readonly rootPath: string;
  /** Decoded. A parameter that occurs twice has two values. */
  readonly query: ReadonlyMap<string, readonly string[]>;
  /**
   * By lower-case name. A header that occurs several times has all of its values, separated by commas (RFC 9110, 5.3).
   */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | undefined;
  /** True if the body is base64 of the sent bytes. */
  readonly isBase64: boolean;
  /** The authorizer's context; empty on routes that need no key. */
  readonly authorizer: Readonly<Record<string, unknown>>;
}

/**
 * Reads a REST API (v1) proxy event. No request in UTF-8 has half of a surrogate pair, so it becomes U+FFFD, as API
 * Gateway does with bytes that are not UTF-8: answers repeat parts of the request. The routes check the body.
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

/** API Gateway removes the stage from the path. Only this field still has it. */
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
