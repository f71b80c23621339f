import type { Logger } from '@weir/logging';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { isThrottled } from '../http/answers/is-throttled.ts';
import { badParameters, type Problem, problem, problemResponse, unavailable } from '../http/answers/problem.ts';
import { type ApiResponse, toProxyResult } from '../http/answers/response.ts';
import type { Authenticate } from '../http/callers/authenticate.ts';
import { ANYONE, type Principal } from '../http/callers/principal.ts';
import { type ApiRequest, toApiRequest } from '../http/requests/request.ts';
import { findRoute, type Match, type Route } from '../http/route.ts';
import { answerOnce, type RoutedRequest } from '../idempotency/answer-once.ts';
import type { RunOnce } from '../idempotency/run-once.ts';
import type { LimitRate } from '../rate-limit/limit-rate.ts';
import { createAllowOrigin } from './cors.ts';

/**
 * API Gateway's time-out. Every function ends before it; it is used if a call does not have the function's own time-out.
 */
const GATEWAY_TIMEOUT_MS = 29_000;

/** Dependencies of a function with routes. */
export interface ServeDeps {
  readonly routes: readonly Route[];
  readonly authenticate: Authenticate;
  /** Limits the requests of a key. Missing in a function whose routes are all open. */
  readonly limitRate?: LimitRate;
  /** Runs a POST once for each `Idempotency-Key`. Missing in a function without a POST. */
  readonly runOnce?: RunOnce;
  readonly log: Logger;
  /** Origins whose pages may read the answers, or only `*`. If missing, none. */
  readonly corsOrigins?: readonly string[];
}

/** Answers one API Gateway event. */
export type Serve = (
  event: APIGatewayProxyEvent,
  context?: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<APIGatewayProxyResult>;

/** The fields of a log line that show the route of a request. The path itself may contain a user id. */
interface RequestFields {
  readonly method: string;
  /** As in serverless.yml; undefined if no route matches. */
  readonly route: string | undefined;
}

interface Found {
  readonly request: ApiRequest;
  readonly match: Match | Problem;
  readonly remainingMs: number;
}

/** Makes the function that finds the route, identifies the caller, checks the limit and answers. It never throws. */
export function createServe(deps: ServeDeps): Serve {
  const allowOrigin = createAllowOrigin(deps.corsOrigins ?? []);
  return async (event, context) => {
    const request = toApiRequest(event);
    const remainingMs = context?.getRemainingTimeInMillis() ?? GATEWAY_TIMEOUT_MS;
    const match = findRoute(deps.routes, request.method, request.path);
    const fields = { method: request.method, route: match.kind === 'match' ? match.route.path : undefined };
    const found = await orInternalError(deps.log, fields, () => answer(deps, { request, match, remainingMs }));
    const response = found.kind === 'problem' ? problemResponse(found, request.requestId) : found;
    deps.log.info('Answered', { ...fields, status: response.status });
    const headers = { ...locate(response.headers ?? {}, request), ...allowOrigin(request.headers.get('origin')) };
    return toProxyResult({ ...response, headers }, request.requestId);
  };
}

/** An unexpected error becomes a 500 without details; a table that takes no more for now, a 503. */
async function orInternalError(
  log: Logger,
  fields: RequestFields,
  answer: () => Promise<ApiResponse | Problem>,
): Promise<ApiResponse | Problem> {
  try {
    return await answer();
  } catch (error) {
    if (isThrottled(error)) {
      log.error('A table takes no more for now', { error, ...fields });
      return unavailable('more is asked of a table than it takes at the moment');
    }
    log.error('Unexpected error', { error, ...fields });
    return problem('internal', 'report requestId to the operators: the log has the error under this id');
  }
}

async function answer(deps: ServeDeps, { request, match, remainingMs }: Found): Promise<ApiResponse | Problem> {
  if (match.kind === 'problem') return match;
  const { route, params } = match;
  const principal = await identify(deps, request, route);
  if (principal.kind === 'problem') return principal;
  return answerLimited(deps, { route, input: { request, params, principal }, remainingMs });
}

/** The caller of the request, if they may use the route. */
async function identify(deps: ServeDeps, request: ApiRequest, { access }: Route): Promise<Principal | Problem> {
  if (access === 'open') return ANYONE;
  const principal = await deps.authenticate(request);
  if (principal.kind === 'problem' || principal.scopes.has(access)) return principal;
  return problem('forbidden', `the key needs the scope ${access}`);
}

/** Answers a request unless its key has reached the limit. The answer has the limit's headers in both cases. */
async function answerLimited(deps: ServeDeps, routed: RoutedRequest): Promise<ApiResponse | Problem> {
  const { input, route } = routed;
  const verdict = route.access === 'open' ? undefined : await deps.limitRate?.(input.principal.keyId);
  const fields = { method: route.method, route: route.path };
  const refused = verdict?.refused ?? refuseQuery(route, input.request);
  const found = refused ?? (await orInternalError(deps.log, fields, () => answerOnce(deps.runOnce, routed)));
  return { ...found, headers: { ...found.headers, ...verdict?.headers } };
}

/**
 * A parameter that nobody reads is a mistake that its sender should hear of. Not so on routes that need no key: monitors
 * and links add parameters of their own.
 */
function refuseQuery({ takesQuery, access, method, path }: Route, { query }: ApiRequest): Problem | undefined {
  if (takesQuery || access === 'open' || query.size === 0) return undefined;
  const detail = `${method} ${path} takes no parameters in its query`;
  return badParameters([...query.keys()].map((parameter) => ({ parameter, detail })));
}

/** A route's `location` begins at the API's root. Only the request knows the path before it. */
function locate({ location, ...headers }: Readonly<Record<string, string>>, { rootPath }: ApiRequest): typeof headers {
  return location === undefined ? headers : { ...headers, location: `${rootPath}${location}` };
}
