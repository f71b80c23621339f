import type { ApiRequest } from './request.ts';

/** The beginning of every route's path. For clients it is part of the server's address, not of the operations' paths. */
export const API_PATH = '/v1';

/** A name or an address with an optional port, and nothing else: the address is written into shell commands. */
const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * The address at which the caller found the API, such as `https://…/production/v1`. A client appends the path of an
 * operation. If the request has no usable host, it is only the path, which clients resolve against the document's own
 * address.
 */
export function baseUrlOf({ headers, rootPath }: Pick<ApiRequest, 'headers' | 'rootPath'>): string {
  const host = headers.get('host') ?? '';
  const path = `${rootPath}${API_PATH}`;
  if (!HOST.test(host)) return path;
  // API Gateway accepts only https, and always sets this header.
  const scheme = headers.get('x-forwarded-proto') === 'https' ? 'https' : 'http';
  return `${scheme}://${host}${path}`;
}
