import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { LiveQuery, LiveRow } from '../live/messages.ts';

interface Asked extends LiveQuery {
  readonly type: string;
  readonly id: string;
}

/** Weir's WebSocket API, with rows in memory. It can go away, and come back at the same address. */
export class FakePush {
  /** Everything that clients said. */
  readonly heard: Asked[] = [];
  readonly #rows = new Map<string, LiveRow>();
  readonly #asked = new Map<WebSocket, Map<string, Asked>>();
  #server: WebSocketServer | undefined;
  #port = 0;
  /** The number of connections so far. */
  connections = 0;
  /** The only key that is accepted. */
  key = 'weir_k';

  get url(): string {
    return `ws://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const verifyClient = ({ req }: { req: { headers: NodeJS.Dict<string | string[]> } }) =>
      `${req.headers['sec-websocket-protocol']}`.split(/, */).includes(`weir.key.${this.key}`);
    const handleProtocols = () => 'weir.v1';
    this.#server = new WebSocketServer({ host: '127.0.0.1', port: this.#port, verifyClient, handleProtocols });
    this.#server.on('connection', (socket) => this.#serve(socket));
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const socket of this.#asked.keys()) socket.terminate();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  /** Counts, and tells those who ask for it. */
  push(...rows: LiveRow[]): void {
    for (const row of rows) this.#rows.set(`${row.action} ${row.start}`, row);
    for (const [socket, asked] of this.#asked) {
      for (const { id, actions } of asked.values()) {
        const wanted = rows.filter(({ action }) => actions.includes(action));
        if (wanted.length > 0) socket.send(JSON.stringify({ type: 'rows', id, rows: wanted }));
      }
    }
  }

  #serve(socket: WebSocket): void {
    this.connections += 1;
    const asked = new Map<string, Asked>();
    this.#asked.set(socket, asked);
    socket.on('close', () => this.#asked.delete(socket));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as Asked;
      this.heard.push(message);
      const answer = this.#answer(asked, message);
      if (answer) socket.send(JSON.stringify(answer));
    });
  }

  #answer(asked: Map<string, Asked>, message: Asked): object | undefined {
    const { type, id, actions } = message;
    if (type === 'ping') return { type: 'pong' };
    asked.delete(id);
    if (type === 'unsubscribe') return undefined;
    if (actions.includes('secret')) return { type: 'error', id, code: 'forbidden' };
    asked.set(id, message);
    const rows = [...this.#rows.values()].filter(({ action }) => actions.includes(action));
    return { type: 'snapshot', id, rows, last: true };
  }
}

/** A bucket of an action that counted so many events. */
export function rowOf(action: string, count: number, start = '2025-11-24T16:20:00.000Z'): LiveRow {
  return { action, start, count, sum: count, mean: 1, users: null, p95: null };
}
