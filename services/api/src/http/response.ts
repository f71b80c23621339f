import type { APIGatewayProxyResult } from 'aws-lambda';

/** A successful answer, before it becomes API Gateway's. */
export interface ApiResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Anything JSON can say. */
  readonly body: object;
}

/** Answers `status` with a JSON body. */
export function json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): ApiResponse {
  return { kind: 'response', status, headers, body };
}

/** The form API Gateway expects, with what every answer carries. */
export function toProxyResult(response: ApiResponse, requestId: string): APIGatewayProxyResult {
  return {
    statusCode: response.status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      ...response.headers,
      'x-request-id': requestId,
    },
    body: JSON.stringify(response.body),
  };
}
