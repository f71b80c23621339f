import type { SourceClock } from '../../event-sources/mappings/source-clock.ts';
import type { SocketClient } from '../api/socket-event.ts';

/** API Gateway's limits ("Quotas for configuring and running a WebSocket API"). */
export const SOCKET_LIMITS = {
  idleMs: 10 * 60_000,
  totalMs: 2 * 60 * 60_000,
  maxFrameBytes: 32 * 1024,
  maxMessageBytes: 128 * 1024,
  /** Ours: what waits for a client that has stopped reading. API Gateway does not say how much it holds. */
  maxWaitingBytes: 1024 * 1024,
} as const;

/** The part of a `ws` connection that is used here. */
export interface Wire {
  /** 1 while it is open, as in browsers. */
  readonly readyState: number;
  /** Bytes that were sent and that the client has not taken. */
  readonly bufferedAmount: number;
  send(data: Buffer, options: { readonly binary: false; readonly fin: boolean }): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

/** An open connection. */
export interface Connection {
  readonly client: SocketClient;
  lastActiveAt(): number;
  /** Notes a message from the client. */
  heard(): void;
  /** Sends a message; false if the connection is at its end, also because the client has stopped reading. */
  post(message: Buffer): boolean;
  close(code: number, reason: string): void;
  isOpen(): boolean;
  /** Ends its clocks. Call it when the wire has closed. */
  ended(): void;
}

const OPEN = 1;

/** Holds a connection to API Gateway's limits. */
export function createConnection(client: SocketClient, wire: Wire, clock: SourceClock): Connection {
  const over = new AbortController();
  let lastActiveAt = client.connectedAt;
  // The client's own close is under way before the wire has closed.
  const isOpen = () => !over.signal.aborted && wire.readyState === OPEN;
  const close = (code: number, reason: string) => {
    if (over.signal.aborted) return;
    over.abort();
    wire.close(code, reason);
  };
  const endAt = async (deadline: () => number) => {
    while (!over.signal.aborted && clock.now() < deadline()) await clock.sleep(deadline() - clock.now(), over.signal);
    close(1001, 'Going away');
  };
  void endAt(() => client.connectedAt + SOCKET_LIMITS.totalMs);
  void endAt(() => lastActiveAt + SOCKET_LIMITS.idleMs);
  return {
    client,
    lastActiveAt: () => lastActiveAt,
    heard: () => {
      lastActiveAt = clock.now();
    },
    post: (message) => {
      if (!isOpen()) return false;
      if (wire.bufferedAmount + message.length > SOCKET_LIMITS.maxWaitingBytes) {
        over.abort();
        // A close frame would wait behind everything else that the client does not read.
        wire.terminate();
        return false;
      }
      sendInFrames(wire, message);
      lastActiveAt = clock.now();
      return true;
    },
    close,
    isOpen,
    ended: () => over.abort(),
  };
}

function sendInFrames(wire: Wire, message: Buffer): void {
  const { maxFrameBytes } = SOCKET_LIMITS;
  let at = 0;
  do {
    const end = at + maxFrameBytes;
    wire.send(message.subarray(at, end), { binary: false, fin: end >= message.length });
    at = end;
  } while (at < message.length);
}
