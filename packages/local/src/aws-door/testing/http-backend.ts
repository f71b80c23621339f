import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAll } from '../../aws-calls/read-all.ts';

/** A request as a backend received it. */
export interface BackendRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What stands in for an emulator. */
export interface HttpBackend {
  readonly port: number;
  readonly requests: readonly BackendRequest[];
  close(): Promise<void>;
}

/** Answers each request, once it has arrived completely, as `answer` says. */
export async function startHttpBackend(
  answer: (response: ServerResponse, request: BackendRequest) => void,
): Promise<HttpBackend> {
  const requests: BackendRequest[] = [];
  const server = createServer((incoming, response) => {
    readRequest(incoming).then(
      (request) => {
        requests.push(request);
        answer(response, request);
      },
      // The caller went away in the middle of its body.
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { port: (server.address() as AddressInfo).port, requests, close };
}

async function readRequest(incoming: IncomingMessage): Promise<BackendRequest> {
  const body = await readAll(incoming);
  const { method = '', url: target = '', headers } = incoming;
  return { method, target, headers, body: body.toString('utf8') };
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const { port, close } = await startHttpBackend(() => {});
  await close();
  return port;
}
