import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** Lambda's Invoke API on this machine. It runs functions by their names. */
export interface InvokeServer {
  readonly url: string;
  close(): void;
}

/** Starts it: event sources and state machines of the local AWS call functions through it. */
export async function startInvokeServer(
  invoke: (functionName: string, event: unknown, version?: string) => Promise<unknown>,
): Promise<InvokeServer> {
  const server: Server = createServer(async (request, response) => {
    const [, name, version] =
      /^\/2015-03-31\/functions\/([^/]+)\/invocations(?:\?Qualifier=(\w+))?$/.exec(request.url ?? '') ?? [];
    if (name === undefined) return void response.writeHead(404).end();
    try {
      response.end(JSON.stringify((await invoke(decodeURIComponent(name), await json(request), version)) ?? null));
    } catch (error) {
      const { name: errorType, message } = error as Error;
      response.setHeader('x-amz-function-error', 'Unhandled');
      response.end(JSON.stringify({ errorType, errorMessage: message }));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}
