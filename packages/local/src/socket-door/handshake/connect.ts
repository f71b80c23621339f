import { STATUS_CODES } from 'node:http';
import type { GatewayErrorType } from '../../api-door/gateway/gateway-response.ts';
import { readAuthorization } from '../../api-door/proxy/authorize.ts';
import type { HttpRequest } from '../../api-door/proxy/http-request.ts';
import type { Invocation, InvokeFunction } from '../../api-door/proxy/invoke-function.ts';
import { API_ID, headerOf } from '../../api-door/proxy/proxy-event.ts';
import { readProxyResult } from '../../api-door/proxy/proxy-result.ts';
import { ACCOUNT_ID } from '../../registration/template-values.ts';
import type { SocketApi, SocketAuthorizer, SocketRoute } from '../api/socket-api.ts';
import { connectEvent, type EventSource } from '../api/socket-event.ts';

/** What came of a request to connect. */
export type ConnectOutcome =
  | {
      readonly outcome: 'connected';
      /** What the function returned as `Sec-WebSocket-Protocol`; undefined where it returned none. */
      readonly protocol: string | undefined;
      readonly authorizer: object | undefined;
    }
  | { readonly outcome: 'refused'; readonly status: number; readonly message: string };

/** A request to connect, before anybody was asked. */
export interface ConnectRequest {
  readonly request: HttpRequest;
  readonly source: EventSource;
}

/** API Gateway's answers to a handshake that fails; everything else is a 500. */
const REFUSALS: Partial<Record<GatewayErrorType, { readonly status: number; readonly message: string }>> = {
  UNAUTHORIZED: { status: 401, message: 'Unauthorized' },
  ACCESS_DENIED: { status: 403, message: 'Forbidden' },
};
const INTERNAL = 'Internal server error';

/** Asks the authorizer of `$connect`, then its function. An API without the route lets everybody in. */
export async function connect(given: ConnectRequest, api: SocketApi, invoke: InvokeFunction): Promise<ConnectOutcome> {
  const route = api.routes.get('$connect');
  if (route === undefined) return { outcome: 'connected', protocol: undefined, authorizer: undefined };
  const authorized = await authorize(given, { api, route, invoke });
  if (authorized.outcome === 'refused') return refused(authorized.error);
  const { context } = authorized;
  const client = { ...given.source.client, authorizer: context };
  const event = connectEvent(given.request, { ...given.source, client });
  return interpret(await invoke(route.target, event), context);
}

function refused(error: GatewayErrorType): ConnectOutcome {
  return { outcome: 'refused', ...(REFUSALS[error] ?? { status: 500, message: INTERNAL }) };
}

interface Asked {
  readonly api: SocketApi;
  readonly route: SocketRoute;
  readonly invoke: InvokeFunction;
}

async function authorize({ request, source }: ConnectRequest, { api, route, invoke }: Asked) {
  const { authorizer } = route;
  if (authorizer === undefined) return { outcome: 'allowed', context: undefined } as const;
  if (authorizer.target === undefined) return { outcome: 'refused', error: 'AUTHORIZER_CONFIGURATION_ERROR' } as const;
  if (!hasIdentity(request, authorizer)) return { outcome: 'refused', error: 'UNAUTHORIZED' } as const;
  const methodArn = `arn:aws:execute-api:${api.region}:${ACCOUNT_ID}:${API_ID}/${source.stage}/$connect`;
  const { isBase64Encoded: _unused, ...event } = connectEvent(request, source);
  const answer = await invoke(authorizer.target, { type: 'REQUEST', methodArn, ...event });
  const read = readAuthorization(answer, methodArn);
  return read.outcome === 'refused' ? read : { outcome: 'allowed' as const, context: read.context };
}

/** Each place that the authorizer looks at must have a value, or nobody is asked. */
function hasIdentity({ headers, query }: HttpRequest, { identitySource }: SocketAuthorizer): boolean {
  return identitySource.every((source) => {
    const [, place, name = ''] = /^route\.request\.(header|querystring)\.(.+)$/.exec(source.trim()) ?? [];
    if (place === undefined) return true;
    const value = place === 'header' ? headerOf(headers, name.toLowerCase()) : query.get(name)?.at(-1);
    return value !== undefined && value !== '';
  });
}

function interpret(invocation: Invocation, authorizer: object | undefined): ConnectOutcome {
  const { outcome } = invocation;
  if (outcome === 'timed-out') return { outcome: 'refused', status: 504, message: 'Endpoint request timed out' };
  const answer = outcome === 'returned' ? readProxyResult(invocation.value) : undefined;
  if (answer === undefined) return { outcome: 'refused', status: 502, message: INTERNAL };
  const { status, headers } = answer;
  // Without the function's body, which goes to nobody: the route has no response.
  if (status >= 300) return { outcome: 'refused', status, message: STATUS_CODES[status] ?? INTERNAL };
  const protocol = headers.find(([name]) => name.toLowerCase() === 'sec-websocket-protocol')?.[1];
  return { outcome: 'connected', protocol, authorizer };
}
