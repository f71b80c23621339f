import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { ServiceStatus } from '../../registration/service-registration.ts';
import { type ApiDoor, type ApiDoorOptions, openApiDoor } from '../api-door.ts';
import type { GatewayResponseProperties } from '../gateway/gateway-response.ts';
import type { HttpEvent } from '../gateway/http-event.ts';
import { routesOf } from '../gateway/route.ts';

/** An event as a function gets it. */
// biome-ignore lint/suspicious/noExplicitAny: each test looks at another part of it
export type ProxyEvent = any;
/** What runs as a function. */
export type Handler = (event: ProxyEvent) => unknown;

/** A door, and behind it functions that answer Lambda's Invoke API. */
export interface LocalApi {
  /** By address. */
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** What stands behind the door. */
export interface LocalApiParts {
  /** By name: `f` has the routes, and other names are authorizers. */
  readonly functions?: Readonly<Record<string, Handler>>;
  /** Instead of functions: what answers invocations. */
  readonly listener?: RequestListener;
  /** `any` at `{proxy+}` and the root, unless said otherwise. */
  readonly http?: readonly (HttpEvent | object)[];
  readonly door?: Partial<ApiDoorOptions>;
}

const EVERYTHING = ['{proxy+}', '/'].map((path) => ({ method: 'any', path }));

/** Opens both on free ports. */
export async function openLocalApi({
  functions = {},
  listener,
  http = EVERYTHING,
  door,
}: LocalApiParts): Promise<LocalApi> {
  const backend = createServer(listener ?? invokeApi(functions));
  await new Promise<void>((resolve) => backend.listen(0, '127.0.0.1', resolve));
  const service = serviceOf(backend, Object.keys(functions), http);
  const opened: ApiDoor = await openApiDoor(
    {
      stage: 'local',
      gatewayResponses: () => problems,
      routes: () => routesOf([service]),
      newRequestId: () => 'r-1',
      ...door,
    },
    0,
  );
  const port = Number(new URL(opened.url).port);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      await opened.close();
      backend.closeAllConnections();
      await new Promise((resolve) => backend.close(resolve));
    },
  };
}

/** A gateway response that is a problem with this status. */
export function problem(status: number, type: string): GatewayResponseProperties {
  return {
    ResponseType: type,
    StatusCode: String(status),
    ResponseParameters: { 'gatewayresponse.header.content-type': "'application/problem+json'" },
    ResponseTemplates: { 'application/json': `{"status":${status},"requestId":"$context.requestId"}` },
  };
}

const problems: readonly GatewayResponseProperties[] = [
  problem(404, 'MISSING_AUTHENTICATION_TOKEN'),
  problem(413, 'REQUEST_TOO_LARGE'),
  problem(415, 'UNSUPPORTED_MEDIA_TYPE'),
  {
    ResponseType: 'DEFAULT_5XX',
    ResponseParameters: { 'gatewayresponse.header.content-type': "'application/problem+json'" },
    ResponseTemplates: { 'application/json': '{"status":502,"requestId":"$context.requestId"}' },
  },
  {
    ResponseType: 'DEFAULT_4XX',
    ResponseParameters: { 'gatewayresponse.header.content-type': "'application/problem+json'" },
    ResponseTemplates: { 'application/json': '{"refused":true,"requestId":"$context.requestId"}' },
  },
];

function serviceOf(backend: Server, names: readonly string[], http: readonly object[]): ServiceStatus {
  const { port } = backend.address() as AddressInfo;
  const definition = (name: string) => ({
    name,
    timeoutSeconds: 6,
    events: name === 'f' ? http.map((event) => ({ http: event })) : [],
  });
  const functions = Object.fromEntries([...new Set(['f', ...names])].map((name) => [name, definition(name)]));
  const lambdaUrl = `http://127.0.0.1:${port}`;
  return { name: 's', state: 'ready', region: 'us-east-1', lambdaUrl, resources: {}, functions };
}

/** Lambda's Invoke API, as serverless-offline has it. */
export function invokeApi(functions: Readonly<Record<string, Handler>>): RequestListener {
  return async (incoming, answer) => {
    const [, name = ''] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(incoming.url ?? '') ?? [];
    const event = await json(incoming);
    try {
      answer.end(JSON.stringify((await functions[name]?.(event)) ?? null));
    } catch (error) {
      answer.setHeader('x-amz-function-error', 'Unhandled');
      answer.end(JSON.stringify({ errorMessage: (error as Error).message }));
    }
  };
}
