import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GatewayAnswer } from './gateway/gateway-response.ts';

/** Statuses by the code of Node's error; every other error is a 400. */
const STATUSES: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers bytes that are no request, and ends their connection. Node's own answer would have no problem and no id. */
export function answerNoHttp(server: Server, answerOf: (status: number) => GatewayAnswer): void {
  const last = new WeakMap<Duplex, ServerResponse>();
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    last.set(socket, response);
  });
  server.on('clientError', ({ code = '' }: NodeJS.ErrnoException, socket: Duplex) => {
    // In the middle of an answer another one would become a part of it.
    const response = last.get(socket);
    const isAnswering = response?.headersSent === true && !response.writableFinished;
    if (!socket.writable || code === 'ECONNRESET' || isAnswering) return void socket.destroy();
    endWith(socket, answerOf(STATUSES[code] ?? 400));
  });
  // A request for a tunnel: API Gateway opens none.
  server.on('connect', (_incoming: IncomingMessage, socket: Duplex) => endWith(socket, answerOf(400)));
}

function endWith(socket: Duplex, { status, headers, body }: GatewayAnswer): void {
  const all = { ...headers, connection: 'close', 'content-length': Buffer.byteLength(body) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines, '', body].join('\r\n'));
}

/** The answer to a request that the access rules refuse. AWS has no such answer; its form is that of the API's own problems. */
export function refusedAtTheDoor(detail: string, requestId: string): GatewayAnswer {
  const problem = { type: 'urn:weir:problem:gateway-refused', title: 'The request was refused', status: 403 };
  const body = JSON.stringify({ ...problem, detail, requestId });
  return { status: 403, headers: { 'content-type': 'application/problem+json' }, body };
}
