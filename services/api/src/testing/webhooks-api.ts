import { isIPv4 } from 'node:net';
import type { WebhooksStore } from '@weir/dynamodb/webhooks';
import { createMemoryWebhooksStore } from '@weir/dynamodb/webhooks/memory';
import { silentLog } from '@weir/logging';
import { checkUrl } from '@weir/webhooks/addresses';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { createCursors } from '../http/requests/cursor.ts';
import { createServe } from '../serve/serve.ts';
import type { WebhooksDeps } from '../webhooks/endpoints/webhooks-deps.ts';
import { createWebhooksRoutes } from '../webhooks/webhooks-routes.ts';
import { type Answer, apiEvent, type EventParts, readAnswer } from './api-event.ts';
import { createMemoryRunOnce } from './memory-run-once.ts';
import { NOW } from './users-api.ts';

/** Webhooks on a store in memory. */
export interface MemoryWebhooksDeps extends WebhooksDeps {
  readonly webhooks: WebhooksStore;
}

/** The host `private.example` has a private address, all others have a public one. Random bytes count up. */
export function createWebhooksDeps(): MemoryWebhooksDeps {
  let made = 0;
  const addressOf = (host: string) => (host === 'private.example' ? '10.0.0.1' : '93.184.215.14');
  const resolve = async (host: string) => [isIPv4(host) ? host : addressOf(host)];
  return {
    ...{ webhooks: createMemoryWebhooksStore(), now: () => NOW, budgetMs: 1_000, log: silentLog },
    checkUrl: (url) => checkUrl(url, { resolve, isLocal: false }),
    cursors: createCursors({ secret: () => 'a secret' }),
    random: () => Buffer.alloc(32, made++),
  };
}

/** The routes of webhooks, as a caller sees them. */
export interface WebhooksApi {
  readonly deps: MemoryWebhooksDeps;
  readonly clock: { now: number };
  readonly call: (parts: Omit<EventParts, 'body'> & { readonly body?: object }) => Promise<Answer>;
}

/** Makes one without endpoints. */
export function createWebhooksApi(replaced: Partial<WebhooksDeps> = {}): WebhooksApi {
  const clock = { now: NOW };
  const deps = { ...createWebhooksDeps(), now: () => clock.now, ...replaced } as MemoryWebhooksDeps;
  const authenticate = createAuthenticate({ log: silentLog, now: deps.now });
  const { runOnce } = createMemoryRunOnce();
  const serve = createServe({ routes: createWebhooksRoutes(deps), authenticate, runOnce, log: silentLog });
  const call: WebhooksApi['call'] = async ({ body, ...parts }) => {
    return readAnswer(await serve(apiEvent({ ...parts, ...(body && { body: JSON.stringify(body) }) })));
  };
  return { deps, clock, call };
}

/** A body of `POST /v1/webhooks`. */
export const WANTED_ENDPOINT = { url: 'https://shop.example/hooks', events: ['alert.fired'] };

/** Makes an endpoint by the API. */
export function createEndpoint(
  api: Pick<WebhooksApi, 'call'>,
  body: object = WANTED_ENDPOINT,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return api.call({ method: 'POST', path: '/v1/webhooks', body, headers });
}

export function locationOf({ headers }: Answer): string {
  return String(headers.location);
}

/** What a problem says is wrong with the body. */
export function pointersOf({ body }: Answer): string[] {
  return (body.errors as { pointer: string }[]).map(({ pointer }) => pointer);
}

/** A time of an answer, so many milliseconds after `NOW`. */
export function timeAt(ms: number): string {
  return new Date(NOW + ms).toISOString();
}

/** The body of an answer as it may be shown again. */
export function withoutSecret({ body: { secret: _secret, ...rest } }: Answer): object {
  return rest;
}
