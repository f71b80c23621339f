import type { IncomingMessage } from 'node:http';
import type { GatewayErrorType } from '../gateway/gateway-response.ts';
import type { Route } from '../gateway/route.ts';
import type { Authorize } from './authorize.ts';
import { checkRequest } from './check-request.ts';
import { type RequestOrigin, readHttpRequest } from './http-request.ts';
import type { Invocation, InvokeFunction } from './invoke-function.ts';
import { proxyEvent } from './proxy-event.ts';
import { type ProxyAnswer, readProxyResult } from './proxy-result.ts';

/** A request whose body has come whole, without its coding. */
export interface WholeRequest {
  readonly incoming: IncomingMessage;
  readonly origin: RequestOrigin;
  readonly body: Buffer;
}

/** What came of a request: the function's own answer, or an error that API Gateway answers. */
export type ProxyOutcome =
  | { readonly outcome: 'answered'; readonly answer: ProxyAnswer }
  | { readonly outcome: 'refused'; readonly error: GatewayErrorType };

/** Takes a request to the function of its route. */
export type LambdaProxy = (request: WholeRequest, route: Route) => Promise<ProxyOutcome>;

/** API Gateway's own order: the authorizer, then the checks, then the function. */
export function createProxy(deps: { readonly invoke: InvokeFunction; readonly authorize: Authorize }): LambdaProxy {
  return async ({ incoming, origin, body }, route) => {
    const request = readHttpRequest(incoming, origin, body.length);
    const authorized = await deps.authorize(request, route);
    if (authorized.outcome === 'refused') return authorized;
    const error = checkRequest(request, body, route.event.request);
    if (error !== undefined) return { outcome: 'refused', error };
    const event = proxyEvent(request, route, { body, authorizer: authorized.context });
    return interpret(await deps.invoke(route.target, event));
  };
}

const ERRORS: Readonly<Record<Exclude<Invocation['outcome'], 'returned'>, GatewayErrorType>> = {
  // A crash, a function's own time-out and a malformed answer are one to API Gateway: 502.
  threw: 'DEFAULT_5XX',
  'too-large': 'REQUEST_TOO_LARGE',
  'timed-out': 'INTEGRATION_TIMEOUT',
  unreachable: 'INTEGRATION_FAILURE',
};

function interpret(invocation: Invocation): ProxyOutcome {
  if (invocation.outcome !== 'returned') return { outcome: 'refused', error: ERRORS[invocation.outcome] };
  const answer = readProxyResult(invocation.value);
  return answer === undefined ? { outcome: 'refused', error: 'DEFAULT_5XX' } : { outcome: 'answered', answer };
}
