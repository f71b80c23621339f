import { OPERATIONS } from './api/operations.ts';
import type { OperationName } from './calls/build-request.ts';
import { callOperation } from './calls/call-operation.ts';
import { listItems } from './calls/list-items.ts';
import { type CallDeps, type CallOptions, sendRequest } from './calls/send-request.ts';
import type { Client } from './client.ts';
import { EventSender, type SenderOptions } from './events/event-sender.ts';
import { LiveConnection } from './live/live-connection.ts';
import { liveRows } from './live/live-rows.ts';
import type { LiveQuery } from './live/messages.ts';
import type { SocketConstructor } from './live/socket.ts';

/** Where Weir is, and how to call it. */
export interface ClientOptions {
  /** The base URL; it ends in `/v1`. */
  readonly url: string;
  /** Its scopes decide which operations it may call. Everybody who opens a page can read the key in it. */
  readonly key?: string;
  /** The WebSocket API (`wss://…`), for live rows. */
  readonly pushUrl?: string;
  /** How long a call tries, its retries included, in milliseconds; default 60,000. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  /** Needed for live rows on Node 20: the class of the package `ws`. */
  readonly webSocket?: SocketConstructor;
  /** Makes ids for events and for requests; default 128 random bits. */
  readonly newId?: () => string;
}

/** A client of one Weir. It opens nothing until it is used. */
export function createClient(options: ClientOptions): Client {
  const { url, key, timeoutMs = 60_000, fetch = globalThis.fetch, newId = randomId } = options;
  const { random } = Math;
  const deps: CallDeps = { url: url.replace(/\/+$/, ''), key, fetch, timeoutMs, now: Date.now, random, sleep, newId };
  const call = (name: OperationName, input: object = {}, more?: CallOptions) =>
    callOperation(deps, { name, input: input as never }, more);
  const methods = Object.keys(OPERATIONS).map((name) => [
    name,
    async (input?: object, more?: CallOptions) => (await call(name as OperationName, input, more)).body,
  ]);
  let connection: LiveConnection | undefined;
  const client = {
    ...Object.fromEntries(methods),
    call,
    items: (name: never, input: object = {}, more?: CallOptions) =>
      listItems(call as never, { name, input: input as never }, more),
    live: (query: LiveQuery, { signal }: { readonly signal?: AbortSignal } = {}) => {
      connection ??= openLive(options, () => call('listActions', { limit: 1 }, { timeoutMs: 5_000 }));
      return liveRows(connection, query, signal);
    },
    sender: (more: SenderOptions) =>
      new EventSender({ request: (request, how) => sendRequest(deps, request, how), newId, now: Date.now }, more),
  };
  return client as unknown as Client;
}

function openLive(
  { pushUrl, key, webSocket = globalThis.WebSocket }: ClientOptions,
  tryKey: () => Promise<unknown>,
): LiveConnection {
  if (pushUrl === undefined || key === undefined) throw new TypeError('live rows need pushUrl and key');
  if (webSocket === undefined) throw new TypeError('live rows need webSocket on this Node: the class of `ws`');
  return new LiveConnection({ url: pushUrl, key, webSocket, random: Math.random, tryKey });
}

/** Not `randomUUID`, which a page has only over HTTPS. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
