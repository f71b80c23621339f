import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
  request,
  type ServerResponse,
} from 'node:http';
import { answerMock } from './answer-mock.ts';
import { errorOfEmulator } from './emulator-error.ts';
import { findRoute } from './find-route.ts';
import type { GatewayRequest } from './gateway-context.ts';
import {
  answerGatewayError,
  type GatewayAnswer,
  type GatewayError,
  type GatewayResponseProperties,
} from './gateway-response.ts';
import { type HttpEvent, isMock, type MockEvent } from './http-event.ts';
import { saysAuthorizerFailed } from './own-authorizer.ts';
import { OWN_RESPONSE_HEADER, readMark } from './own-response.ts';
import { readPlainBody } from './plain-body.ts';
import { preflightHeaders } from './preflight.ts';
import { relayOwnResponse } from './relay-own-response.ts';

/** How to open the API's door. */
export interface ApiDoorOptions {
  /** Where `serverless offline` answers HTTP on 127.0.0.1. */
  readonly backendPort: number;
  readonly stage: string;
  /** Called at each error, because the service may have restarted with another template. */
  readonly gatewayResponses: () => readonly GatewayResponseProperties[];
  /** Called at each request, for the same reason. */
  readonly routes?: () => readonly HttpEvent[];
  readonly newRequestId: () => string;
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

type Door = Required<ApiDoorOptions> & { readonly agent: Agent };

/** One request on its way through the door. */
interface Passage {
  readonly incoming: IncomingMessage;
  readonly answer: ServerResponse;
  readonly requestId: string;
}

/**
 * The emulator starts an instance of a function, a thread with its own heap, for each request that finds none idle.
 * More than this only make a laptop slower: further requests wait for their turn.
 */
const MAX_REQUESTS_AT_ONCE = 16;

/** Opens the door on 127.0.0.1; port 0 takes a free one. */
export async function openApiDoor(options: ApiDoorOptions, port: number): Promise<ApiDoor> {
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_REQUESTS_AT_ONCE });
  const door: Door = {
    routes: () => [],
    maxBodyBytes: 10 * 1024 * 1024,
    integrationTimeoutMs: 29_000,
    ...options,
    agent,
  };
  const server = createServer((incoming, answer) => {
    pass(door, { incoming, answer, requestId: door.newRequestId() });
  });
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
        agent.destroy();
      }),
  };
}

function pass(door: Door, passage: Passage): void {
  const { incoming, answer } = passage;
  // The unread rest of an answered request would stand before the next one on its connection.
  answer.once('finish', () => incoming.resume());
  if (Number(incoming.headers['content-length'] ?? 0) > door.maxBodyBytes) {
    refuse(door, passage, { type: 'REQUEST_TOO_LARGE' });
  } else {
    route(door, passage);
  }
}

function route(door: Door, passage: Passage): void {
  const { incoming, answer } = passage;
  const { method = 'GET', headers } = incoming;
  const routes = door.routes();
  const preflight = method === 'OPTIONS' && preflightHeaders(routes, pathOf(incoming), headers.origin);
  const event = findRoute(routes, method, pathOf(incoming));
  if (preflight) {
    answer.writeHead(200, preflight).end();
  } else if (event !== undefined && isMock(event)) {
    answerByItself(door, passage, event);
  } else if (method === 'HEAD' || method === 'OPTIONS') {
    // The emulator answers HEAD with the route's GET, and OPTIONS for any origin: no route of the template names them.
    refuse(door, passage, { type: 'MISSING_AUTHENTICATION_TOKEN' });
  } else {
    void forward(door, passage);
  }
}

function answerByItself(door: Door, passage: Passage, event: MockEvent): void {
  const { headers } = passage.incoming;
  const contentType = hasBody(headers) ? headers['content-type'] : undefined;
  const answer = answerMock(event, { ...requestOf(door, passage), ...(contentType !== undefined && { contentType }) });
  if (answer === undefined) refuse(door, passage, { type: 'UNSUPPORTED_MEDIA_TYPE' });
  else send(passage, answer);
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?')[0] ?? '/';
}

async function forward(door: Door, passage: Passage): Promise<void> {
  const { incoming } = passage;
  try {
    const body = await readPlainBody(incoming, door.maxBodyBytes);
    if (Buffer.isBuffer(body)) {
      ask(door, passage, body);
    } else {
      refuse(door, passage, { type: body });
    }
  } catch {
    // Usually the client went away, and nobody receives it.
    refuse(door, passage, { type: 'INTEGRATION_FAILURE' });
  }
}

function ask(door: Door, passage: Passage, body: Buffer): void {
  const { incoming, answer } = passage;
  const outgoing = request(requestOptions(door, incoming, body));
  let timeout: NodeJS.Timeout | undefined;
  // Measured from the request's turn: waiting in our own queue does not count as the function's slowness.
  outgoing.once('socket', () => {
    timeout = setTimeout(() => {
      refuse(door, passage, { type: 'INTEGRATION_TIMEOUT' });
      outgoing.destroy();
    }, door.integrationTimeoutMs);
  });
  outgoing.on('response', (response) => {
    clearTimeout(timeout);
    relay(door, passage, response);
  });
  outgoing.on('error', () => {
    clearTimeout(timeout);
    refuse(door, passage, { type: 'INTEGRATION_FAILURE' });
  });
  answer.on('close', () => {
    clearTimeout(timeout);
    if (!answer.writableFinished || !outgoing.writableFinished) outgoing.destroy();
  });
  outgoing.end(body);
}

function requestOptions(door: Door, incoming: IncomingMessage, body: Buffer): RequestOptions {
  const { connection: _connection, 'keep-alive': _keepAlive, upgrade: _upgrade, ...passed } = incoming.headers;
  // From this header, the emulator would believe what the caller says about itself.
  const { 'sls-offline-authorizer-override': _override, ...given } = passed;
  const headers = withLengthOf(body, given);
  const remote = incoming.socket.remoteAddress ?? '127.0.0.1';
  const forwardedFor = [headers['x-forwarded-for'], remote].flat().filter(Boolean).join(', ');
  return {
    agent: door.agent,
    host: '127.0.0.1',
    port: door.backendPort,
    method: incoming.method,
    path: incoming.url,
    headers: {
      ...headers,
      'x-forwarded-for': forwardedFor,
      'x-forwarded-port': String(incoming.socket.localPort),
      'x-forwarded-proto': 'http',
    },
  };
}

/** The length of the body without its coding; none if the client sent no body. */
function withLengthOf(body: Buffer, given: IncomingHttpHeaders): IncomingHttpHeaders {
  const { 'content-length': _length, 'transfer-encoding': _transfer, ...headers } = given;
  return hasBody(given) ? { ...headers, 'content-length': String(body.length) } : headers;
}

function hasBody({ 'content-length': length, 'transfer-encoding': transfer }: IncomingHttpHeaders): boolean {
  return length !== undefined || transfer !== undefined;
}

function relay(door: Door, passage: Passage, response: IncomingMessage): void {
  const ownHeaders = readMark(response.headers[OWN_RESPONSE_HEADER]);
  if (ownHeaders === undefined) {
    response.resume();
    const error = saysAuthorizerFailed(response.headers['x-amzn-errortype'])
      ? { type: 'AUTHORIZER_FAILURE' as const }
      : errorOfEmulator(response.statusCode ?? 502, passage.incoming.method ?? 'GET');
    refuse(door, passage, error);
  } else if (passage.answer.headersSent) {
    response.resume();
  } else {
    relayOwnResponse({ response, ownHeaders, requestId: passage.requestId }, passage.answer);
  }
}

/** Answers an error as the gateway does; only the first answer to a request counts. */
function refuse(door: Door, passage: Passage, error: Pick<GatewayError, 'type' | 'status'>): void {
  if (passage.answer.headersSent) return;
  send(passage, answerGatewayError({ ...error, ...requestOf(door, passage) }, door.gatewayResponses()));
}

function requestOf(door: Door, { incoming, requestId }: Passage): GatewayRequest {
  return { requestId, method: incoming.method ?? 'GET', path: pathOf(incoming), stage: door.stage };
}

function send({ answer, requestId }: Passage, { status, headers, body }: GatewayAnswer): void {
  answer.writeHead(status, { 'x-request-id': requestId, ...headers, 'content-length': Buffer.byteLength(body) });
  answer.end(body);
}
