import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { Reply, RequestHead } from '../aws-calls/aws-call.ts';

/** One request and the ways to answer it, the same for HTTP/1.1 and HTTP/2. */
export interface Exchange {
  readonly head: RequestHead;
  readonly body: Readable;
  send(reply: Reply): void;
  /** Sends the head of an answer and returns where its body goes. */
  start(status: number, headers: Reply['headers']): Writable;
  /** Drops the connection without an answer. */
  drop(): void;
}

/** A listening port that speaks HTTP/1.1 and, without TLS, HTTP/2. */
export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

/** The first bytes of every HTTP/2 connection: no HTTP/1.1 method begins like this. */
const PREFACE = Buffer.from('PRI * HTTP/2.0');
/** Hop-by-hop headers (RFC 9110, 7.6.1): HTTP/2 forbids them, and HTTP/1.1 sets its own. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'proxy-connection',
  'expect',
  'te',
]);

const NOTHING = Buffer.alloc(0);
/** The client of a PutRecords of 5 MiB need not wait for permission to continue every 64 KiB, HTTP/2's default. */
const WINDOW_BYTES = 8 * 1024 * 1024;

/** Listens on 127.0.0.1 and passes each socket to the HTTP version that its first bytes speak. */
export async function listen(port: number, handle: (exchange: Exchange) => void): Promise<Listener> {
  const http1 = createHttpServer((request, response) => handle(http1Exchange(request, response)));
  // The SDK keeps idle connections: if a server closes one just as it is used again, the client must retry.
  http1.keepAliveTimeout = 0;
  const http2 = createHttp2Server({ settings: { initialWindowSize: WINDOW_BYTES } }, (request, response) =>
    handle(http2Exchange(request, response)),
  );
  const sessions = new Set<ServerHttp2Session>();
  http2.on('session', (session: ServerHttp2Session) => {
    session.setLocalWindowSize(WINDOW_BYTES);
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    onVersion(socket, (speaksHttp2) => (speaksHttp2 ? http2 : http1).emit('connection', socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const close = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const session of sessions) session.destroy();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { port: (server.address() as AddressInfo).port, close };
}

/** Tells which version a connection speaks without reading from it: as soon as its first bytes fit only one. */
function onVersion(socket: Socket, tell: (speaksHttp2: boolean) => void): void {
  let first: Buffer = NOTHING;
  const look = () => {
    const more: Buffer | null = socket.read();
    if (more === null) return;
    first = Buffer.concat([first, more]);
    const isPreface = first.subarray(0, PREFACE.length).equals(PREFACE.subarray(0, first.length));
    if (isPreface && first.length < PREFACE.length) return;
    socket.off('readable', look);
    socket.unshift(first);
    tell(isPreface);
  };
  socket.on('readable', look);
}

/** Headers that may be passed to the next hop. */
export function endToEnd(headers: RequestHead['headers']): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !name.startsWith(':') && !HOP_BY_HOP.has(name)) kept[name] = value;
  }
  return kept;
}

function http1Exchange(request: IncomingMessage, response: ServerResponse): Exchange {
  return {
    head: { method: request.method ?? 'GET', target: request.url ?? '/', headers: request.headers },
    body: request,
    send: ({ status, headers, body }) => {
      response.writeHead(status, { ...endToEnd(headers), 'content-length': body.length });
      response.end(request.method === 'HEAD' ? NOTHING : body);
    },
    start: (status, headers) => response.writeHead(status, endToEnd(headers)),
    drop: () => request.socket.destroy(),
  };
}

function http2Exchange(request: Http2ServerRequest, response: Http2ServerResponse): Exchange {
  return {
    head: {
      method: request.method,
      target: request.url,
      headers: { ...request.headers, host: request.authority ?? request.headers.host },
    },
    body: request,
    send: ({ status, headers, body }) => {
      response.writeHead(status, { ...endToEnd(headers), 'content-length': String(body.length) });
      response.end(request.method === 'HEAD' ? NOTHING : body);
    },
    start: (status, headers) => {
      response.writeHead(status, endToEnd(headers));
      return response.stream;
    },
    // Drops the whole connection, as a cut line does: the SDK takes a reset of one stream for the caller's own action.
    drop: () => request.stream.session?.destroy(),
  };
}
