import type { Log } from '@weir/logging';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Authenticate } from './authenticate.ts';
import { createAllowOrigin } from './cors.ts';
import { ANYONE, type Principal } from './principal.ts';
import { type Problem, problem, problemResponse } from './problem.ts';
import { type ApiRequest, toApiRequest } from './request.ts';
import { type ApiResponse, toProxyResult } from './response.ts';
import { findRoute, type Route } from './route.ts';

/** What a function of the API is made of. */
export interface ServeDeps {
  readonly routes: readonly Route[];
  readonly authenticate: Authenticate;
  readonly log: Log;
  /** Origins whose pages may read the answers, or `*` alone; none where it is left out. */
  readonly corsOrigins?: readonly string[];
}

/** Answers one API Gateway event. */
export type Serve = (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>;

/** Who sent the request, if they may use the route. */
async function identify(deps: ServeDeps, request: ApiRequest, { access }: Route): Promise<Principal | Problem> {
  if (access === 'open') return ANYONE;
  const principal = await deps.authenticate(request);
  if (principal.kind === 'problem' || principal.scopes.has(access)) return principal;
  return problem('forbidden', `the key needs the scope ${access}`);
}

async function answer(deps: ServeDeps, request: ApiRequest): Promise<ApiResponse | Problem> {
  const match = findRoute(deps.routes, request.method, request.path);
  if (match.kind === 'problem') return match;
  const principal = await identify(deps, request, match.route);
  if (principal.kind === 'problem') return principal;
  return match.route.answer({ request, params: match.params, principal });
}

/** Routes, authenticates and answers. It never throws: what nobody expected is a 500 that says nothing about it. */
export function createServe(deps: ServeDeps): Serve {
  const allowOrigin = createAllowOrigin(deps.corsOrigins ?? []);
  return async (event) => {
    const request = toApiRequest(event);
    const found = await answer(deps, request).catch((error: unknown) => {
      deps.log.error('Nobody expected this', { error, method: request.method, path: request.path });
      return problem('internal', 'the request could not be answered; its id helps to find out why');
    });
    const response = found.kind === 'problem' ? problemResponse(found, request.requestId) : found;
    deps.log.info('Answered', { method: request.method, path: request.path, status: response.status });
    const headers = { ...response.headers, ...allowOrigin(request.headers.get('origin')) };
    return toProxyResult({ ...response, headers }, request.requestId);
  };
}
