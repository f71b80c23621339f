import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import { type Handler, invokeApi } from '../../api-door/testing/local-api.ts';
import type { Reply } from '../../aws-calls/aws-call.ts';
import { describeCall } from '../../aws-calls/describe-call.ts';
import { type SocketService, socketApiOf } from '../api/socket-api.ts';
import { openSocketDoor } from '../socket-door.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';

/** What stands behind the door. */
export interface LocalSocketsParts {
  /** By name. `authorizer` stands before `$connect` if it is there. */
  readonly functions: Readonly<Record<string, Handler>>;
  /** By route: the name of the function, `f` for all unless said otherwise. */
  readonly routes?: Readonly<Record<string, object>>;
  readonly origins?: readonly string[];
  readonly integrationTimeoutMs?: number;
  /** Of the service's template. */
  readonly resources?: SocketService['resources'];
}

/** A door, functions behind it, and clients before it. */
export interface LocalSockets {
  readonly url: string;
  readonly clock: ManualClock;
  /** Starts to connect; the client ends with the door. */
  client(protocols?: readonly string[], options?: WebSocket.ClientOptions & { readonly query?: string }): WebSocket;
  /** Resolves when the client is connected. */
  connected(protocols?: readonly string[], options?: WebSocket.ClientOptions): Promise<WebSocket>;
  /** A call of `@connections`, as the AWS door hands it on. */
  call(method: string, id: string, body?: string | Buffer): Promise<Reply>;
  close(): Promise<void>;
}

const SIGNED = 'AWS4-HMAC-SHA256 Credential=tester/20251124/us-east-1/execute-api/aws4_request';

/** Opens both on free ports. */
export async function openLocalSockets(parts: LocalSocketsParts): Promise<LocalSockets> {
  const backend = createServer(invokeApi(parts.functions));
  backend.listen(0, '127.0.0.1');
  await once(backend, 'listening');
  const service = serviceOf(`http://127.0.0.1:${(backend.address() as AddressInfo).port}`, parts);
  const clock = createManualClock();
  let ids = 0;
  const door = await openSocketDoor({
    port: 0,
    stage: 'local',
    api: () => socketApiOf(service),
    origins: () => parts.origins ?? [],
    hosts: [],
    newConnectionId: () => `${String(ids++).padStart(15, 'c')}=`,
    newRequestId: () => 'r-1',
    clock,
    ...(parts.integrationTimeoutMs !== undefined && { integrationTimeoutMs: parts.integrationTimeoutMs }),
  });
  const clients: WebSocket[] = [];
  const client: LocalSockets['client'] = (protocols = [], options = {}) => {
    const made = new WebSocket(`${door.url}${options.query ?? ''}`, [...protocols], options);
    made.on('error', () => {});
    clients.push(made);
    return made;
  };
  return {
    url: door.url,
    clock,
    client,
    connected: async (...given) => {
      const made = client(...given);
      await once(made, 'open');
      return made;
    },
    call: (method, id, body = '') => {
      const head = {
        method,
        target: `/local/@connections/${encodeURIComponent(id)}`,
        headers: { authorization: SIGNED },
      };
      const bytes = Buffer.from(body);
      return door.answer(describeCall(head, bytes).call, head, bytes);
    },
    close: async () => {
      for (const each of clients) each.terminate();
      await door.close();
      backend.closeAllConnections();
      backend.close();
    },
  };
}

const EVERY_ROUTE = { $connect: {}, $disconnect: {}, $default: {} };

function serviceOf(
  lambdaUrl: string,
  { functions, routes = EVERY_ROUTE, resources = {} }: LocalSocketsParts,
): SocketService {
  const definitions = Object.keys(functions).map((name) => {
    const events = Object.entries(routes).flatMap(([route, more]) => {
      const { by = 'f', ...settings } = more as { readonly by?: string };
      return by === name ? [{ websocket: { route, ...settings } }] : [];
    });
    return [name, { name, timeoutSeconds: 6, events }];
  });
  const region = 'us-east-1';
  return {
    name: 's',
    region,
    lambdaUrl,
    resources,
    routeSelection: '$request.body.type',
    functions: Object.fromEntries(definitions),
  };
}
