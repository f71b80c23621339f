import { Agent, type IncomingMessage, request } from 'node:http';
import type { Readable } from 'node:stream';
import type { Reply, RequestHead } from '../aws-calls/aws-call.ts';
import type { EmulatorBackend } from '../aws-calls/backend.ts';
import { INNER_HEADERS } from '../aws-calls/inner-call.ts';
import { readAll } from '../aws-calls/read-all.ts';
import { endToEnd } from './listener.ts';

/**
 * We close idle connections before DynamoDB Local does (after 30 s): no call then meets a connection that is closing.
 */
const IDLE_MS = 10_000;

/** Connections to the emulators behind the door. */
export interface Upstream {
  /** Makes a call whose body is whole in memory, and reads the whole answer. */
  call(to: EmulatorBackend, head: RequestHead, body: Buffer): Promise<Reply>;
  /** Makes a call whose body and answer are streams. */
  stream(to: EmulatorBackend, head: RequestHead, body: Readable): Promise<IncomingMessage>;
  close(): void;
}

/** Opens kept-alive connections as they are needed. */
export function createUpstream(): Upstream {
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS });
  const open = (to: EmulatorBackend, head: RequestHead, body: Buffer | Readable): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const headers = { ...endToEnd(head.headers), ...INNER_HEADERS };
      if (Buffer.isBuffer(body)) headers['content-length'] = String(body.length);
      const { host = '127.0.0.1', port } = to;
      const outgoing = request({ agent, host, port, method: head.method, path: head.target, headers });
      outgoing.once('response', resolve);
      outgoing.once('error', reject);
      if (Buffer.isBuffer(body)) outgoing.end(body);
      else {
        body.once('error', (error) => outgoing.destroy(error));
        body.once('close', () => body.readableEnded || outgoing.destroy(new Error('the caller went away')));
        body.pipe(outgoing);
      }
    });
  return {
    call: async (to, head, body) => {
      const answer = await open(to, head, body);
      return { status: answer.statusCode ?? 502, headers: answer.headers, body: await readAll(answer) };
    },
    stream: open,
    close: () => agent.destroy(),
  };
}
