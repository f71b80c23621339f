import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';

const ARRIVAL_TIMEOUT_MS = 30_000;

/** A message whose signature was verified. */
export interface ReceivedMessage {
  readonly id: string;
  readonly at: number;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A receiver that verifies each message as its authors advise, and answers with the status that a test sets. */
export interface WebhookReceiver {
  readonly url: string;
  status: number;
  readonly received: ReceivedMessage[];
  /** Waits for the first message that fits. */
  until(fits: (message: ReceivedMessage) => boolean): Promise<ReceivedMessage>;
  close(): Promise<void>;
}

/** Starts one. `secret` is the endpoint's. */
export async function startWebhookReceiver(secret: () => string): Promise<WebhookReceiver> {
  const received: ReceivedMessage[] = [];
  const state = { status: 200 };
  const server = createServer(async (request, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = request.headers as Record<string, string>;
    try {
      const body = new Webhook(secret()).verify(Buffer.concat(chunks), headers) as Omit<ReceivedMessage, 'id' | 'at'>;
      received.push({ ...body, id: headers['webhook-id'] ?? '', at: Date.now() });
      answer.writeHead(state.status).end();
    } catch (error) {
      answer.writeHead(400).end(String(error));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`,
    get status() {
      return state.status;
    },
    set status(status: number) {
      state.status = status;
    },
    received,
    async until(fits) {
      const deadline = performance.now() + ARRIVAL_TIMEOUT_MS;
      for (;;) {
        const found = received.find(fits);
        if (found) return found;
        if (performance.now() > deadline) throw new Error(`no such message: ${JSON.stringify(received)}`);
        await sleep(20);
      }
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
