import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveRow } from '@weir/notifications/src/live/live-row.ts';
import { WebSocket } from 'ws';
import type { Local } from './weir-process.ts';

/** What a client hears. */
export interface Heard {
  readonly type: string;
  readonly id?: string;
  readonly code?: string;
  readonly rows?: readonly LiveRow[];
  readonly last?: true;
  readonly also?: readonly { readonly id: string; readonly rows: readonly LiveRow[] }[];
}

/** A client of the live push, as docs/push.md tells it to be. */
export type PushClient = ReturnType<typeof createClient>;

const PATIENCE_MS = 30_000;

/** The live push of a running Weir. */
export function createPushDoor(local: Local) {
  const connectLive = async (key = local.key): Promise<PushClient> => {
    const socket = new WebSocket(local.pushUrl, ['weir.v1', `weir.key.${key}`]);
    const client = createClient(socket);
    await once(socket, 'open');
    return client;
  };
  /** The status of a handshake that is refused. */
  const refusalOf = async (...protocols: readonly string[]): Promise<number | undefined> => {
    const socket = new WebSocket(local.pushUrl, [...protocols]).on('error', () => {});
    const [, response] = await once(socket, 'unexpected-response');
    return response.statusCode;
  };
  return { pushUrl: local.pushUrl, connectLive, refusalOf };
}

function createClient(socket: WebSocket) {
  const heard: Heard[] = [];
  const rows = new Map<string, LiveRow>();
  const closed = once(socket, 'close').then(([code]) => code as number);
  socket
    .on('error', () => {})
    .on('message', (data) => {
      const message = JSON.parse(String(data)) as Heard;
      heard.push(message);
      for (const { id, rows: some = [] } of [message, ...(message.also ?? [])]) {
        for (const row of some) {
          const key = `${id} ${row.action} ${row.start}`;
          if (row.count > (rows.get(key)?.count ?? 0)) rows.set(key, row);
        }
      }
    });
  const until = async (holds: () => boolean): Promise<void> => {
    const deadline = performance.now() + PATIENCE_MS;
    for (; !holds(); await sleep(20)) {
      if (performance.now() > deadline) throw new Error(`this is all: ${JSON.stringify(heard.slice(-5))}`);
    }
  };
  const say = (message: object) => socket.send(JSON.stringify(message));
  /** The sum of the counts of a subscription's rows. */
  const count = (id: string): number => {
    const own = [...rows].filter(([key]) => key.startsWith(`${id} `));
    return own.reduce((sum, [, row]) => sum + row.count, 0);
  };
  return {
    ...{ socket, heard, closed, say, count, until },
    /** Subscribes, and waits for the end of the snapshot. */
    subscribe: async (id: string, actions: readonly string[], interval = 'minute') => {
      say({ type: 'subscribe', id, actions, interval });
      await until(() => heard.some((message) => message.id === id && (message.last || message.type === 'error')));
    },
    untilCount: (id: string, expected: number) => until(() => count(id) >= expected),
    untilHeard: (type: string) => until(() => heard.some((message) => message.type === type)),
  };
}
