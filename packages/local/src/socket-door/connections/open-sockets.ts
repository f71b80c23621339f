import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { InvokeFunction } from '../../api-door/proxy/invoke-function.ts';
import type { SourceClock } from '../../event-sources/mappings/source-clock.ts';
import type { SocketApi } from '../api/socket-api.ts';
import { type ClosedWith, disconnectEvent, type EventSource } from '../api/socket-event.ts';
import { answerMessage } from './answer-message.ts';
import { type Connection, createConnection, SOCKET_LIMITS } from './connection.ts';
import { watchFrameSizes } from './frame-sizes.ts';

/** What open connections need. */
export interface OpenSocketsDeps {
  /** All that are open, by id. */
  readonly connections: Map<string, Connection>;
  readonly api: () => SocketApi | undefined;
  readonly invoke: InvokeFunction;
  readonly newRequestId: () => string;
  readonly clock: SourceClock;
}

/** The handshake that `$connect` has let in. */
export interface AcceptedUpgrade {
  readonly incoming: IncomingMessage;
  readonly socket: Socket;
  readonly head: Buffer;
}

/** A connection that is to be opened. */
export interface Accepted {
  readonly source: EventSource;
  /** The subprotocol to answer with. */
  readonly protocol: string | undefined;
}

/** The connections that are open. */
export interface OpenSockets {
  open(upgrade: AcceptedUpgrade, accepted: Accepted): void;
  /** Ends all of them, without `$disconnect`: the functions end too. */
  close(): void;
}

/** A client that sends faster than functions answer is read no further. */
const MAX_MESSAGES_UNDER_WAY = 16;

/** Speaks WebSocket with those whom `$connect` has let in. */
export function createOpenSockets(deps: OpenSocketsDeps): OpenSockets {
  const protocols = new WeakMap<IncomingMessage, string>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: SOCKET_LIMITS.maxMessageBytes,
    perMessageDeflate: false,
    // By itself it would answer the first one offered, whatever the function said.
    handleProtocols: () => false,
  });
  server.on('headers', (headers, incoming) => {
    const protocol = protocols.get(incoming);
    if (protocol !== undefined) headers.push(`Sec-WebSocket-Protocol: ${protocol}`);
  });
  let isClosing = false;
  return {
    open: ({ incoming, socket, head }, { source, protocol }) => {
      if (protocol !== undefined) protocols.set(incoming, protocol);
      const onClose = (closed: ClosedWith) => void (isClosing || disconnect(deps, source, closed));
      // The client may have gone while the function ran: it was connected all the same.
      if (!socket.readable || !socket.writable) return onClose({ code: 1006, reason: '' });
      let connection: Connection | undefined;
      watchFrameSizes(socket, SOCKET_LIMITS.maxFrameBytes, () => connection?.close(1009, 'Frame too large'));
      server.handleUpgrade(incoming, socket, head, (wire) => {
        connection = attach(deps, { wire, source, onClose });
      });
    },
    close: () => {
      isClosing = true;
      for (const wire of server.clients) wire.close(1001, 'Going away');
    },
  };
}

interface Attached {
  readonly wire: WebSocket;
  readonly source: EventSource;
  readonly onClose: (closed: ClosedWith) => void;
}

function attach(deps: OpenSocketsDeps, { wire, source, onClose }: Attached): Connection {
  const { client } = source;
  const connection = createConnection(client, wire, deps.clock);
  deps.connections.set(client.id, connection);
  wire.on('message', messageListener(deps, { wire, source, connection }));
  // `ws` closes the connection by itself, with the code that fits.
  wire.on('error', () => {});
  wire.once('close', (code, reason) => {
    connection.ended();
    deps.connections.delete(client.id);
    onClose({ code, reason: reason.toString('utf8') });
  });
  return connection;
}

interface Listening extends Pick<Attached, 'wire' | 'source'> {
  readonly connection: Connection;
}

function messageListener(deps: OpenSocketsDeps, { wire, source, connection }: Listening) {
  let underWay = 0;
  return async (data: WebSocket.RawData, isBinary: boolean) => {
    if (!connection.isOpen()) return;
    if (isBinary) return connection.close(1003, 'Binary frames are not supported');
    connection.heard();
    underWay += 1;
    if (underWay >= MAX_MESSAGES_UNDER_WAY) wire.pause();
    const message = { text: String(data), source: { ...source, ...arrival(deps) } };
    const answer = await answerMessage(message, deps.api(), deps.invoke);
    underWay -= 1;
    wire.resume();
    if (answer !== undefined) connection.post(answer);
  };
}

async function disconnect(deps: OpenSocketsDeps, source: EventSource, closed: ClosedWith): Promise<void> {
  const route = deps.api()?.routes.get('$disconnect');
  if (route === undefined) return;
  await deps.invoke(route.target, disconnectEvent(closed, { ...source, ...arrival(deps) }));
}

function arrival({ newRequestId, clock }: OpenSocketsDeps) {
  return { requestId: newRequestId(), receivedAt: clock.now() };
}
