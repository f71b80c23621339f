import { createHash, timingSafeEqual } from 'node:crypto';
import type { Log } from '@weir/logging';
import { BOOTSTRAP, type Principal } from './principal.ts';
import { type Problem, problem, unavailable } from './problem.ts';
import type { ApiRequest } from './request.ts';

/** Tells who sends a request. */
export type Authenticate = (request: ApiRequest) => Promise<Principal | Problem>;

/** Where the key comes from; it may be cached, and may fail. */
export type ReadKey = () => Promise<string>;

const BEARER = /^bearer +([!-~]+) *$/i;

function unauthorized(detail: string, error: string): Problem {
  return problem('unauthorized', detail, { headers: { 'www-authenticate': `Bearer realm="weir"${error}` } });
}

/** Both sides are hashed first, so that neither content nor length shows in the time it takes. */
function isSameSecret(left: string, right: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(left), hash(right));
}

/** Knows one key, the bootstrap key, by `readKey`. A key that cannot be read is a 503, never a 401. */
export function createAuthenticate({ readKey, log }: { readKey: ReadKey; log: Log }): Authenticate {
  return async ({ headers }) => {
    const authorization = headers.get('authorization');
    if (authorization === undefined) return unauthorized('send the header Authorization: Bearer <key>', '');
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) return unauthorized('the header must read Authorization: Bearer <key>', '');
    const key = await readKey().catch((error: unknown) => {
      log.error('The bootstrap key cannot be read', { error });
      return '';
    });
    if (key === '') return unavailable('keys cannot be checked at the moment');
    if (isSameSecret(token, key)) return BOOTSTRAP;
    return unauthorized('the key is not known', ', error="invalid_token"');
  };
}
