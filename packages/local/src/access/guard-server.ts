import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type AccessRules, refusalOf } from './refusal.ts';

/** The events by which a server of Node hands over a request. */
const REQUEST_EVENTS: ReadonlySet<unknown> = new Set(['request', 'checkContinue', 'checkExpectation']);
/** Those by which it hands over the request's connection. */
const SOCKET_EVENTS: ReadonlySet<unknown> = new Set(['upgrade', 'connect']);

/** Says why a request is refused; undefined lets it in. */
export type Check = (request: IncomingMessage) => string | undefined;

/** Answers requests that the rules refuse with 403; the server's own listeners never get them. */
export function guardServer(server: Server, rules: AccessRules): void {
  guardBy(server, ({ method = 'GET', headers }) => refusalOf({ method, headers }, rules));
}

/** The same with any check. It runs before every listener, also one that a package adds later. */
export function guardBy(server: Server, check: Check): void {
  const emit = server.emit.bind(server) as (...args: unknown[]) => boolean;
  server.emit = (event: unknown, ...args: unknown[]) => {
    const hands = REQUEST_EVENTS.has(event) || SOCKET_EVENTS.has(event);
    const reason = hands ? check(args[0] as IncomingMessage) : undefined;
    if (reason === undefined) return emit(event, ...args);
    if (REQUEST_EVENTS.has(event)) refuse(args[1] as ServerResponse, reason);
    else refuseSocket(args[1] as Duplex, reason);
    return true;
  };
}

function refuse(response: ServerResponse, message: string): void {
  response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
}

/** The same answer where the server has no response, only the connection. */
function refuseSocket(socket: Duplex, message: string): void {
  const body = JSON.stringify({ message });
  const head = ['connection: close', 'content-type: application/json', `content-length: ${Buffer.byteLength(body)}`];
  socket.end(`HTTP/1.1 403 Forbidden\r\n${head.join('\r\n')}\r\n\r\n${body}`);
}
