import type { GatewayErrorType } from './gateway-response.ts';

const BY_STATUS: Readonly<Record<number, GatewayErrorType>> = {
  401: 'UNAUTHORIZED',
  403: 'ACCESS_DENIED',
  404: 'MISSING_AUTHENTICATION_TOKEN',
  413: 'REQUEST_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

/**
 * The kind of error for which API Gateway would take an answer that no function gave. If a function crashed, timed out
 * or returned something malformed (which the emulator answers with 502, 504 and 200), API Gateway answers a 502 of the
 * default kind.
 */
export function errorOfEmulator(
  status: number,
  method: string,
): { readonly type: GatewayErrorType; readonly status?: number } {
  if (status === 400) {
    // With a body, the route's schema refused it; without one, the path or a cookie was refused.
    return method === 'GET' || method === 'DELETE' ? { type: 'DEFAULT_4XX' } : { type: 'BAD_REQUEST_BODY' };
  }
  const type = BY_STATUS[status];
  if (type !== undefined) return { type };
  return status >= 400 && status < 500 ? { type: 'DEFAULT_4XX', status } : { type: 'DEFAULT_5XX' };
}
