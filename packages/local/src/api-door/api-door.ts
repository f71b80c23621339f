import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { refusalOf } from '../access/refusal.ts';
import { answerMock } from './gateway/answer-mock.ts';
import { findRoute } from './gateway/find-route.ts';
import type { GatewayRequest } from './gateway/gateway-context.ts';
import {
  answerGatewayError,
  type GatewayAnswer,
  type GatewayError,
  type GatewayResponseProperties,
} from './gateway/gateway-response.ts';
import { isMock, type MockEvent, originsOf } from './gateway/http-event.ts';
import { preflightHeaders } from './gateway/preflight.ts';
import type { Route } from './gateway/route.ts';
import { readPlainBody } from './plain-body.ts';
import { createAuthorize } from './proxy/authorize.ts';
import { splitTarget } from './proxy/http-request.ts';
import { createFunctions } from './proxy/invoke-function.ts';
import { createProxy, type LambdaProxy } from './proxy/proxy.ts';
import type { ProxyAnswer } from './proxy/proxy-result.ts';
import { answerNoHttp, refusedAtTheDoor } from './refused-requests.ts';
import { isTooLong, isWellFormed } from './request-limits.ts';

/** How to open the API's door. */
export interface ApiDoorOptions {
  readonly stage: string;
  /** Asked for at each error, as the service may have restarted with another template. */
  readonly gatewayResponses: () => readonly GatewayResponseProperties[];
  /** Asked for at each request, for the same reason. */
  readonly routes: () => readonly Route[];
  readonly newRequestId: () => string;
  /** Names of this machine beside its own. */
  readonly hosts?: readonly string[];
  /** API Gateway's limit on a request's body: 10 MB. */
  readonly maxBodyBytes?: number;
  /** API Gateway's limit on an integration's answer: 29 s. */
  readonly integrationTimeoutMs?: number;
}

/** The API's one public door on this machine. */
export interface ApiDoor {
  readonly url: string;
  close(): Promise<void>;
}

type Door = Required<ApiDoorOptions> & { readonly proxy: LambdaProxy };

/** One request on its way through the door. */
interface Passage {
  readonly incoming: IncomingMessage;
  readonly answer: ServerResponse;
  readonly requestId: string;
}

/** Opens the door on 127.0.0.1; port 0 takes a free one. */
export async function openApiDoor(options: ApiDoorOptions, port: number): Promise<ApiDoor> {
  const limits = { maxBodyBytes: 10 * 1024 * 1024, integrationTimeoutMs: 29_000 };
  const functions = createFunctions(options.integrationTimeoutMs ?? limits.integrationTimeoutMs);
  const proxy = createProxy({ invoke: functions.invoke, authorize: createAuthorize(functions.invoke) });
  const door: Door = { hosts: [], ...limits, ...options, proxy };
  const enter = (incoming: IncomingMessage, answer: ServerResponse) =>
    pass(door, { incoming, answer, requestId: door.newRequestId() });
  // A request without a host is refused here, with a problem.
  const server = createServer({ requireHostHeader: false }, enter);
  server.on('checkExpectation', enter);
  answerNoHttp(server, (status) => refusedByGateway(door, status));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://localhost:${boundPort}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        functions.close();
      }),
  };
}

function pass(door: Door, passage: Passage): void {
  const { incoming, answer, requestId } = passage;
  const { method = 'GET', headers } = incoming;
  // What is left of an answered request would stand before the next one on its connection.
  answer.once('finish', () => incoming.resume());
  const origins = () => originsOf(door.routes().map(({ event }) => event));
  const foreign = refusalOf({ method, headers }, { hosts: door.hosts, origins, hasPages: true });
  if (foreign !== undefined) send(passage, refusedAtTheDoor(foreign, requestId));
  else if (isTooLong(incoming)) refuse(door, passage, { type: 'DEFAULT_4XX', status: 431 });
  else if (Number(headers['content-length'] ?? 0) > door.maxBodyBytes)
    refuse(door, passage, { type: 'REQUEST_TOO_LARGE' });
  else if (!isWellFormed(incoming)) refuse(door, passage, { type: 'DEFAULT_4XX', status: 400 });
  else enterRoute(door, passage);
}

function enterRoute(door: Door, passage: Passage): void {
  const { incoming, answer } = passage;
  const { method = 'GET', headers } = incoming;
  const routes = door.routes();
  const events = routes.map(({ event }) => event);
  const preflight = method === 'OPTIONS' && preflightHeaders(events, pathOf(incoming), headers.origin);
  const event = findRoute(events, method, pathOf(incoming));
  const route = routes.find((candidate) => candidate.event === event);
  if (preflight) answer.writeHead(200, preflight).end();
  // Between the end of a service and its return.
  else if (routes.length === 0) refuse(door, passage, { type: 'INTEGRATION_FAILURE' });
  else if (route === undefined) refuse(door, passage, { type: 'MISSING_AUTHENTICATION_TOKEN' });
  else if (isMock(route.event)) answerByItself(door, passage, route.event);
  else void callFunction(door, passage, route);
}

function answerByItself(door: Door, passage: Passage, event: MockEvent): void {
  const { headers } = passage.incoming;
  const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  const contentType = hasBody ? headers['content-type'] : undefined;
  const answer = answerMock(event, { ...requestOf(door, passage), ...(contentType !== undefined && { contentType }) });
  if (answer === undefined) refuse(door, passage, { type: 'UNSUPPORTED_MEDIA_TYPE' });
  else send(passage, answer);
}

async function callFunction(door: Door, passage: Passage, route: Route): Promise<void> {
  const { incoming, requestId } = passage;
  try {
    const body = await readPlainBody(incoming, door.maxBodyBytes);
    if (!Buffer.isBuffer(body)) return refuse(door, passage, { type: body });
    const origin = { id: requestId, stage: door.stage, receivedAt: Date.now() };
    const outcome = await door.proxy({ incoming, origin, body }, route);
    if (outcome.outcome === 'refused') refuse(door, passage, { type: outcome.error });
    else sendOwn(passage, outcome.answer);
  } catch {
    // Mostly the client went away, and nobody hears it.
    refuse(door, passage, { type: 'INTEGRATION_FAILURE' });
  }
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return splitTarget(url).path;
}

/** Answers an error as the gateway does; only the first answer to a request counts. */
function refuse(door: Door, passage: Passage, error: Pick<GatewayError, 'type' | 'status'>): void {
  if (passage.answer.headersSent) return;
  send(passage, answerGatewayError({ ...error, ...requestOf(door, passage) }, door.gatewayResponses()));
}

/** The answer to what cannot be read as a request. */
function refusedByGateway(door: Door, status: number): GatewayAnswer {
  const requestId = door.newRequestId();
  const request = { requestId, method: '', path: '', stage: door.stage };
  const answer = answerGatewayError({ type: 'DEFAULT_4XX', ...request, status }, door.gatewayResponses());
  return { ...answer, headers: { 'x-request-id': requestId, ...answer.headers } };
}

function requestOf(door: Door, { incoming, requestId }: Passage): GatewayRequest {
  return { requestId, method: incoming.method ?? 'GET', path: pathOf(incoming), stage: door.stage };
}

function send({ answer, requestId }: Passage, { status, headers, body }: GatewayAnswer): void {
  answer.writeHead(status, { 'x-request-id': requestId, ...headers, 'content-length': Buffer.byteLength(body) });
  answer.end(body);
}

/** Sends what a function answered. Type and request id are added where it set none. */
function sendOwn({ answer, requestId }: Passage, { status, headers, body }: ProxyAnswer): void {
  answer.statusCode = status;
  for (const [name, value] of headers) answer.appendHeader(name, value);
  if (!answer.hasHeader('content-type')) answer.setHeader('content-type', 'application/json');
  if (!answer.hasHeader('x-request-id')) answer.setHeader('x-request-id', requestId);
  const isBodiless = status === 204 || status === 304;
  if (!isBodiless) answer.setHeader('content-length', body.length);
  answer.end(isBodiless ? undefined : body);
}
