import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

/** What a test says about a request; the rest is as API Gateway sends it. */
export interface EventParts {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string | string[]>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** The key that tests' authenticators know. */
export const KEY = 'test-key';

/** A REST API (v1) proxy event, with a valid key unless `headers` says otherwise. */
export function apiEvent({
  method = 'GET',
  path,
  headers,
  query,
  body,
  isBase64Encoded = false,
}: EventParts): APIGatewayProxyEvent {
  const values = Object.entries(query ?? {}).map(([name, value]) => [name, [value].flat()] as const);
  const event = {
    httpMethod: method,
    path,
    headers: { Authorization: `Bearer ${KEY}`, ...headers },
    multiValueHeaders: {},
    queryStringParameters: query ? Object.fromEntries(values.map(([name, all]) => [name, all.at(-1) ?? ''])) : null,
    multiValueQueryStringParameters: query ? Object.fromEntries(values) : null,
    pathParameters: null,
    stageVariables: null,
    resource: path,
    body: body ?? null,
    isBase64Encoded,
    requestContext: { requestId: 'request-1' },
  };
  return event as unknown as APIGatewayProxyEvent;
}

/** The parts of an answer that tests look at. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: Record<string, unknown>;
}

/** Reads an answer; a body that is there and not a JSON object is an error. */
export function readAnswer(result: APIGatewayProxyResult): Answer {
  const body: unknown = JSON.parse(result.body || '{}');
  if (typeof body !== 'object' || body === null) throw new Error(`not an object: ${result.body}`);
  return { status: result.statusCode, headers: result.headers ?? {}, body: { ...body } };
}
