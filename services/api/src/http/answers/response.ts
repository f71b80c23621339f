import type { APIGatewayProxyResult } from 'aws-lambda';

/** A successful answer, before it gets the form of API Gateway. */
export interface ApiResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Any JSON object, or a text that is sent unchanged. 204 and 304 have none. */
  readonly body?: object | string;
}

/** Answers `status` with a JSON body. */
export function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return { kind: 'response', status, headers, body };
}

/** Answers `status` without a body. */
export function empty(status: 204 | 304, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return { kind: 'response', status, headers };
}

function renderBody({ body }: ApiResponse): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** The form that API Gateway expects, with the headers of every answer. */
export function toProxyResult(response: ApiResponse, requestId: string): APIGatewayProxyResult {
  return {
    statusCode: response.status,
    headers: {
      ...(response.body !== undefined && { 'content-type': 'application/json' }),
      'cache-control': 'no-store',
      ...response.headers,
      'x-request-id': requestId,
    },
    body: renderBody(response),
  };
}
