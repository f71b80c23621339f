import { ACCOUNT_ID } from '../../registration/template-values.ts';
import type { GatewayErrorType } from '../gateway/gateway-response.ts';
import type { Authorizer, Route } from '../gateway/route.ts';
import type { HttpRequest } from './http-request.ts';
import type { Invocation, InvokeFunction } from './invoke-function.ts';
import { isAllowed, type Policy } from './policy.ts';
import { API_ID, headerOf, requestEvent } from './proxy-event.ts';

/** What came of asking a route's authorizer. */
export type Authorization =
  /** With what the authorizer says of the caller; nothing where the route has none. */
  | { readonly outcome: 'allowed'; readonly context?: object }
  | { readonly outcome: 'refused'; readonly error: GatewayErrorType };

/** Asks a route's authorizer whether a request may pass. */
export type Authorize = (request: HttpRequest, route: Route) => Promise<Authorization>;

const DEFAULT_SOURCE = 'method.request.header.Authorization';
const DEFAULT_TTL_SECONDS = 300;

/**
 * Asks authorizers as API Gateway does. Its cache is left out, so that a removed key is refused at once; requests that come
 * together with one identity share a call, as a function's instance is a thread here.
 */
export function createAuthorize(invoke: InvokeFunction): Authorize {
  const underWay = new Map<string, Promise<Invocation>>();
  const shared = (key: string, call: () => Promise<Invocation>): Promise<Invocation> => {
    const started = underWay.get(key) ?? call().finally(() => underWay.delete(key));
    underWay.set(key, started);
    return started;
  };
  return async (request, route) => {
    const { authorizer } = route;
    if (authorizer === undefined) return { outcome: 'allowed' };
    const { settings, target } = authorizer;
    if (target === undefined) return refused('AUTHORIZER_CONFIGURATION_ERROR');
    const identity = identityOf(request, authorizer);
    if (identity === undefined) return refused('UNAUTHORIZED');
    const methodArn = arnOf(request, route);
    const call = () => invoke(target, authorizerEvent(request, route, { methodArn, identity }));
    const isShared = (settings.resultTtlInSeconds ?? DEFAULT_TTL_SECONDS) > 0;
    const answer = isShared ? await shared(JSON.stringify([target, identity]), call) : await call();
    return readAuthorization(answer, methodArn);
  };
}

function refused(error: GatewayErrorType): Authorization {
  return { outcome: 'refused', error };
}

/** What the request says where the authorizer looks; undefined where something is missing, and nobody is asked. */
function identityOf(request: HttpRequest, { settings }: Authorizer): readonly string[] | undefined {
  const isUncached = settings.resultTtlInSeconds === 0 && settings.type?.toLowerCase() === 'request';
  const sources = settings.identitySource ?? (isUncached ? '' : DEFAULT_SOURCE);
  const values = sources.split(',').flatMap((source) => {
    const [, place, name = ''] = /^method\.request\.(header|querystring)\.(.+)$/.exec(source.trim()) ?? [];
    if (place === undefined) return [];
    return [place === 'header' ? headerOf(request.headers, name.toLowerCase()) : request.query.get(name)?.at(-1)];
  });
  const expression = new RegExp(settings.identityValidationExpression ?? '');
  const isGiven = (value: string | undefined): value is string => value !== undefined && value !== '';
  return values.every(isGiven) && values.every((value) => expression.test(value)) ? values : undefined;
}

/** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>`. */
function arnOf({ stage, method, path }: HttpRequest, { region }: Route): string {
  return `arn:aws:execute-api:${region}:${ACCOUNT_ID}:${API_ID}/${stage}/${method}/${path.replace(/^\//, '')}`;
}

function authorizerEvent(
  request: HttpRequest,
  route: Route,
  { methodArn, identity }: { readonly methodArn: string; readonly identity: readonly string[] },
): object {
  if (route.authorizer?.settings.type?.toLowerCase() === 'request') {
    return { type: 'REQUEST', methodArn, ...requestEvent(request, route) };
  }
  return { type: 'TOKEN', methodArn, authorizationToken: identity[0] };
}

/**
 * What an authorizer's answer means. An error `Unauthorized` is a 401; every other one, and an answer that is none, is a
 * failure of the authorizer.
 */
export function readAuthorization(answer: Invocation, methodArn: string): Authorization {
  if (answer.outcome === 'threw' && answer.message === 'Unauthorized') return refused('UNAUTHORIZED');
  if (answer.outcome !== 'returned') return refused('AUTHORIZER_FAILURE');
  const { principalId, policyDocument, context = {} } = (answer.value ?? {}) as Readonly<Record<string, unknown>>;
  const isWellFormed = typeof principalId === 'string' && principalId !== '' && isPolicy(policyDocument);
  if (!isWellFormed || !isContext(context)) return refused('AUTHORIZER_CONFIGURATION_ERROR');
  if (!isAllowed(policyDocument, methodArn)) return refused('ACCESS_DENIED');
  const texts = Object.entries(context ?? {}).map(([name, value]) => [name, String(value)]);
  return { outcome: 'allowed', context: { principalId, integrationLatency: 0, ...Object.fromEntries(texts) } };
}

function isPolicy(value: unknown): value is Policy {
  const { Statement } = (value ?? {}) as { Statement?: unknown };
  return (
    Array.isArray(Statement) && Statement.every((statement) => typeof statement === 'object' && statement !== null)
  );
}

/** Texts, numbers and booleans: API Gateway takes no objects. */
function isContext(value: unknown): value is Readonly<Record<string, unknown>> | null {
  if (value === null) return true;
  const isPlain = typeof value === 'object' && !Array.isArray(value);
  return isPlain && Object.values(value).every((each) => ['string', 'number', 'boolean'].includes(typeof each));
}
