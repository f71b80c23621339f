import { ACCOUNT_ID } from '../../registration/template-values.ts';
import { segmentsOf } from '../gateway/find-route.ts';
import type { Route } from '../gateway/route.ts';
import type { HttpRequest, Values } from './http-request.ts';

/** The id that the API has in events and ARNs. */
export const API_ID = 'local';

/** What an event has beside its request's head. */
export interface ProxyEventParts {
  readonly body: Buffer;
  /** What the authorizer says of the caller. */
  readonly authorizer: object | undefined;
}

/** The event that a function gets from API Gateway ("Input format of a Lambda function for proxy integration"). */
export function proxyEvent(request: HttpRequest, route: Route, { body, authorizer }: ProxyEventParts): object {
  const event = requestEvent(request, route);
  return {
    ...event,
    requestContext: { ...event.requestContext, ...(authorizer && { authorizer }) },
    // No media type of the API is binary: whatever arrives is text in UTF-8.
    body: body.length === 0 ? null : body.toString('utf8'),
    isBase64Encoded: false,
  };
}

/** What functions and authorizers are told of a request. */
export function requestEvent(request: HttpRequest, { event: { path: template } }: Route) {
  const resource = `/${template.replace(/^\//, '')}`;
  const { method, path, query, headers } = request;
  return {
    resource,
    path,
    httpMethod: method,
    headers: lastOf(headers),
    multiValueHeaders: Object.fromEntries(headers),
    queryStringParameters: query.size === 0 ? null : lastOf(query),
    multiValueQueryStringParameters: query.size === 0 ? null : Object.fromEntries(query),
    pathParameters: pathParameters(template, path),
    stageVariables: null,
    requestContext: requestContext(request, resource),
  };
}

function requestContext({ id, stage, receivedAt, sourceIp, method, path, headers }: HttpRequest, resource: string) {
  const host = headerOf(headers, 'host') ?? '';
  return {
    accountId: ACCOUNT_ID,
    apiId: API_ID,
    domainName: host,
    domainPrefix: host.split('.')[0] ?? '',
    extendedRequestId: id,
    httpMethod: method,
    identity: { ...NO_IDENTITY, sourceIp, userAgent: headerOf(headers, 'user-agent') ?? null },
    path,
    protocol: 'HTTP/1.1',
    requestId: id,
    requestTime: inLogFormat(receivedAt),
    requestTimeEpoch: receivedAt,
    resourceId: API_ID,
    resourcePath: resource,
    stage,
  };
}

const NO_IDENTITY = {
  accessKey: null,
  accountId: null,
  caller: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  user: null,
  userArn: null,
};

/** The last value of a header, by its name in any case. */
export function headerOf(headers: Values, wanted: string): string | undefined {
  for (const [name, values] of headers) if (name.toLowerCase() === wanted) return values.at(-1);
  return undefined;
}

/** Of several values under one name, the last. */
export function lastOf(values: Values): Record<string, string> {
  return Object.fromEntries([...values].map(([name, all]) => [name, all.at(-1) ?? '']));
}

/** Still percent-encoded, as API Gateway hands them on. */
function pathParameters(template: string, path: string): Record<string, string> | null {
  const given = segmentsOf(path);
  const named = segmentsOf(template).flatMap((part, at): [string, string][] => {
    const name = /^\{(.+?)(\+?)\}$/.exec(part);
    if (name === null) return [];
    return [[name[1] ?? '', name[2] === '+' ? given.slice(at).join('/') : (given[at] ?? '')]];
  });
  return named.length === 0 ? null : Object.fromEntries(named);
}

/** A time as in the Common Log Format: `24/Nov/2025:16:00:00 +0000`. */
export function inLogFormat(time: number): string {
  const [, day, month, year, clock] = new Date(time).toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}
