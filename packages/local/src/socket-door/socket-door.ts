import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { guardServer } from '../access/guard-server.ts';
import { readHttpRequest, splitTarget } from '../api-door/proxy/http-request.ts';
import { createFunctions } from '../api-door/proxy/invoke-function.ts';
import { isTooLong } from '../api-door/request-limits.ts';
import type { Answer } from '../aws-calls/backend.ts';
import type { SourceClock } from '../event-sources/mappings/source-clock.ts';
import type { SocketApi } from './api/socket-api.ts';
import type { EventSource, SocketClient } from './api/socket-event.ts';
import type { Connection } from './connections/connection.ts';
import { answerConnectionCalls } from './connections/connection-calls.ts';
import { createOpenSockets, type OpenSockets } from './connections/open-sockets.ts';
import { connect } from './handshake/connect.ts';
import { isHandshake } from './handshake/is-handshake.ts';
import { refuseUpgrade } from './handshake/refuse-upgrade.ts';

/** How to open the door of a WebSocket API. */
export interface SocketDoorOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly stage: string;
  /** Asked for at each message, as the service may have restarted; undefined while it is away. */
  readonly api: () => SocketApi | undefined;
  /** The origins whose pages may connect. */
  readonly origins: () => readonly string[];
  /** Names of this machine beside its own. */
  readonly hosts: readonly string[];
  readonly newConnectionId: () => string;
  readonly newRequestId: () => string;
  readonly clock: SourceClock;
  /** API Gateway's limit on an integration's answer: 29 s. */
  readonly integrationTimeoutMs?: number;
}

/** The door of a WebSocket API on this machine. */
export interface SocketDoor {
  /** With the stage: the address that clients connect to. */
  readonly url: string;
  /** Answers the management API, `@connections`. */
  readonly answer: Answer;
  close(): Promise<void>;
}

type Door = SocketDoorOptions & {
  readonly functions: ReturnType<typeof createFunctions>;
  readonly sockets: OpenSockets;
};

/** Opens the door on 127.0.0.1. */
export async function openSocketDoor(options: SocketDoorOptions): Promise<SocketDoor> {
  const functions = createFunctions(options.integrationTimeoutMs ?? 29_000);
  const connections = new Map<string, Connection>();
  const sockets = createOpenSockets({ ...options, connections, invoke: functions.invoke });
  const door: Door = { ...options, functions, sockets };
  const server = createServer((_incoming, answer) => {
    answer.writeHead(426, { 'content-type': 'application/json', upgrade: 'websocket', connection: 'upgrade' });
    answer.end('{"message":"Upgrade Required"}');
  });
  const raw = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    raw.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => raw.delete(socket));
  });
  guardServer(server, { hosts: options.hosts, origins: options.origins, hasPages: false });
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    enter(door, { incoming, socket, head }).catch(() => socket.destroy());
  });
  await listen(server, options.port);
  return {
    url: `ws://localhost:${(server.address() as AddressInfo).port}/${options.stage}`,
    answer: answerConnectionCalls(connections),
    close: async () => {
      functions.close();
      sockets.close();
      const closed = new Promise((resolve) => server.close(resolve));
      // The close frames go out first.
      await nextTurn();
      for (const socket of raw) socket.destroy();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
}

/** A request to become a connection, as Node hands it over. */
interface Upgrade {
  readonly incoming: IncomingMessage;
  readonly socket: Socket;
  readonly head: Buffer;
}

/** Asks authorizer and function first: whoever they refuse gets an answer in HTTP, and no connection. */
async function enter(door: Door, { incoming, socket, head }: Upgrade): Promise<void> {
  const source = sourceOf(door, incoming);
  const { client, requestId } = source;
  const refuse = (status: number, message: string) =>
    refuseUpgrade(socket, { status, message, connectionId: client.id, requestId });
  if (isTooLong(incoming)) return refuse(431, 'Request Header Fields Too Large');
  if (!isHandshake(incoming)) return refuse(400, 'Bad Request');
  if (splitTarget(incoming.url ?? '/').path.replace(/\/$/, '') !== `/${door.stage}`) return refuse(403, 'Forbidden');
  const api = door.api();
  if (api === undefined) return refuse(504, 'Network error communicating with endpoint');
  const origin = { id: requestId, stage: door.stage, receivedAt: source.receivedAt };
  const request = readHttpRequest(incoming, origin, 0);
  const outcome = await connect({ request, source }, api, door.functions.invoke);
  if (outcome.outcome === 'refused') return refuse(outcome.status, outcome.message);
  const { authorizer, protocol } = outcome;
  const connected = { ...client, authorizer, connectedAt: door.clock.now() };
  door.sockets.open({ incoming, socket, head }, { protocol, source: { ...source, client: connected } });
}

function sourceOf({ newConnectionId, newRequestId, clock, stage }: Door, incoming: IncomingMessage): EventSource {
  const receivedAt = clock.now();
  const client: SocketClient = {
    id: newConnectionId(),
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    userAgent: incoming.headers['user-agent'] ?? '',
    connectedAt: receivedAt,
    authorizer: undefined,
  };
  return { client, requestId: newRequestId(), receivedAt, stage, domainName: incoming.headers.host ?? '' };
}
