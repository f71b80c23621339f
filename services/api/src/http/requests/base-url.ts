import type { ApiRequest } from './request.ts';

/** Begins the path of every route. To clients it is a part of the server's address, not of the operations' paths. */
export const API_PATH = '/v1';

/** Names and numbers, and no more: the address is written into lines for a shell. */
const HOST = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * Where the caller found the API: `https://…/production/v1`, to which the path of an operation is appended. Only the path,
 * which clients resolve against the document's own address, where the request names no host that can be written down.
 */
export function baseUrlOf({ headers, rootPath }: Pick<ApiRequest, 'headers' | 'rootPath'>): string {
  const host = headers.get('host') ?? '';
  const path = `${rootPath}${API_PATH}`;
  if (!HOST.test(host)) return path;
  // API Gateway takes nothing but https, and always says so.
  const scheme = headers.get('x-forwarded-proto') === 'https' ? 'https' : 'http';
  return `${scheme}://${host}${path}`;
}
