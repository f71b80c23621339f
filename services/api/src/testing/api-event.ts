import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { BOOTSTRAP, type Principal } from '../http/callers/principal.ts';
import { toContext } from '../http/callers/principal-context.ts';

/** The parts of a request that a test sets. The rest is as API Gateway sends it. */
export interface EventParts {
  readonly method?: string;
  readonly path: string;
  /** The path that API Gateway removes: the stage, if it has no domain of its own. */
  readonly rootPath?: string;
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string | string[]>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  /** The caller in the authorizer's context: the bootstrap key by default, none if undefined. */
  readonly principal?: Principal | undefined;
}

/** A REST API (v1) proxy event, as it comes from the authorizer. */
export function apiEvent(parts: EventParts): APIGatewayProxyEvent {
  const { method = 'GET', path, rootPath = '', headers, query, body, isBase64Encoded = false } = parts;
  const principal = 'principal' in parts ? parts.principal : BOOTSTRAP;
  const values = Object.entries(query ?? {}).map(([name, value]) => [name, [value].flat()] as const);
  const event = {
    httpMethod: method,
    path,
    headers: { ...headers },
    multiValueHeaders: {},
    queryStringParameters: query ? Object.fromEntries(values.map(([name, all]) => [name, all.at(-1) ?? ''])) : null,
    multiValueQueryStringParameters: query ? Object.fromEntries(values) : null,
    pathParameters: null,
    stageVariables: null,
    resource: path,
    body: body ?? null,
    isBase64Encoded,
    requestContext: {
      requestId: 'request-1',
      path: `${rootPath}${path}`,
      ...(principal && { authorizer: toContext(principal) }),
    },
  };
  return event as unknown as APIGatewayProxyEvent;
}

/** The parts of an answer that tests read. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: Record<string, unknown>;
}

/** Reads an answer. A body that is not a JSON object is an error. */
export function readAnswer(result: APIGatewayProxyResult): Answer {
  const body: unknown = JSON.parse(result.body || '{}');
  if (typeof body !== 'object' || body === null) throw new Error(`not an object: ${result.body}`);
  return { status: result.statusCode, headers: result.headers ?? {}, body: { ...body } };
}
