import type { Logger } from '@weir/logging';
import { type Problem, problem } from '../answers/problem.ts';
import type { ApiRequest } from '../requests/request.ts';
import type { Principal } from './principal.ts';
import { fromContext } from './principal-context.ts';

/** Tells who sends a request. */
export type Authenticate = (request: ApiRequest) => Promise<Principal | Problem>;

/** What it needs: the clock, and where to say that a route was left without its authorizer. */
export interface AuthenticateDeps {
  readonly log: Logger;
  readonly now: () => number;
}

/**
 * Takes the authorizer's word for who it is: only the authorizer knows keys. A request that came without its word is
 * never let in. API Gateway may use an answer of the authorizer for a minute, so an expiry is looked at again.
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
