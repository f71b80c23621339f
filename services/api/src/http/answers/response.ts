import type { APIGatewayProxyResult } from 'aws-lambda';

/** A successful answer, before it becomes API Gateway's. */
export interface ApiResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Anything JSON can say, or a text as it is; none with 204 and 304. */
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

/** The form API Gateway expects, with what every answer carries. */
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
