import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

// Clients of the live push, in a thread of their own: what they hear must not delay the requests that are timed.

/** What the thread is started with. */
export interface ClientsData {
  readonly url: string;
  readonly key: string;
  readonly clients: number;
}

/**
 * What the thread is asked for; each is answered with the frames with rows that were heard until then, and `subscribe` when
 * all snapshots are here.
 */
export type ClientsQuestion = 'subscribe' | 'unsubscribe' | 'count';

/** Clients that connect at once. */
const TOGETHER = 20;

const { url, key, clients } = workerData as ClientsData;
const sockets: WebSocket[] = [];
let frames = 0;
/** Clients whose snapshot is whole. */
let snapshots = 0;

while (sockets.length < clients) {
  const next = Array.from({ length: Math.min(TOGETHER, clients - sockets.length) }, () => {
    const socket = new WebSocket(url, ['weir.v1', `weir.key.${key}`]);
    socket.onmessage = ({ data }) => {
      if (String(data).startsWith('{"type":"rows"')) frames += 1;
      else if (String(data).endsWith('"last":true}')) snapshots += 1;
    };
    return socket;
  });
  await Promise.all(next.map((socket) => once(socket, 'open')));
  sockets.push(...next);
}

parentPort?.on('message', async (question: ClientsQuestion) => {
  snapshots = 0;
  for (const socket of question === 'count' ? [] : sockets) {
    socket.send(JSON.stringify({ type: question, id: 's', actions: ['bench.push'], interval: 'minute' }));
  }
  while (question === 'subscribe' && snapshots < clients) await sleep(100);
  parentPort?.postMessage(frames);
});
parentPort?.postMessage(frames);
