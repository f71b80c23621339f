import type { IncomingMessage } from 'node:http';
import { splitTarget } from './proxy/http-request.ts';

/** API Gateway's limit on the request line and all headers together ("Quotas for running a REST API"). */
const MAX_HEAD_BYTES = 10_240;

/** Whether the head of a request is longer than API Gateway takes. */
export function isTooLong({ method = '', url = '', rawHeaders }: IncomingMessage): boolean {
  // Node hands headers over in latin1: a character is a byte. Each line has `: ` or its like, and CRLF.
  const headers = rawHeaders.reduce((bytes, text) => bytes + text.length + 2, 0);
  return method.length + url.length + ' HTTP/1.1\r\n'.length + 1 + headers > MAX_HEAD_BYTES;
}

/**
 * Whether path and query are encoded as API Gateway needs them: a path that can be decoded, and in the query no plain `|`,
 * `{` and `}` ("Important notes for REST APIs").
 */
export function isWellFormed({ url = '/' }: IncomingMessage): boolean {
  const { path, search } = splitTarget(url);
  if (!path.startsWith('/') || /[|{}]/.test(search)) return false;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
