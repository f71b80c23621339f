import type { Logger } from '@weir/logging';
import { type Problem, problem } from '../answers/problem.ts';
import type { ApiRequest } from '../requests/request.ts';
import type { Principal } from './principal.ts';
import { fromContext } from './principal-context.ts';

/** Identifies the caller of a request. */
export type Authenticate = (request: ApiRequest) => Promise<Principal | Problem>;

/** Dependencies of `createAuthenticate`: the clock, and the log for a route that has no authorizer. */
export interface AuthenticateDeps {
  readonly log: Logger;
  readonly now: () => number;
}

/**
 * Reads the caller from the authorizer's context, as only the authorizer checks keys. A request without that context is
 * refused. API Gateway may reuse an authorizer's answer for a minute, so the key's expiry is checked again.
 */
export function createAuthenticate({ log, now }: AuthenticateDeps): Authenticate {
  return async ({ authorizer, method }) => {
    const principal = fromContext(authorizer);
    if (principal === undefined) {
      log.error('A route that needs a key was reached without the authorizer', { method });
      return problem('internal', 'the key was not checked');
    }
    if (principal.expiresAt === undefined || now() < principal.expiresAt) return principal;
    const headers = { 'www-authenticate': 'Bearer realm="weir", error="invalid_token"' };
    return problem('unauthorized', 'the key has expired', { headers });
  };
}
