import type { AddressesStore } from '@weir/dynamodb/addresses';
import { createMemoryAddressesStore } from '@weir/dynamodb/addresses/memory';
import { silentLog } from '@weir/logging';
import { UNSUBSCRIBE_SECRET_BYTES } from '@weir/mail';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { createAddressesRoutes } from '../addresses/addresses-routes.ts';
import type { AddressesDeps } from '../addresses/list/addresses-deps.ts';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { createCursors } from '../http/requests/cursor.ts';
import { createServe } from '../serve/serve.ts';
import { type Answer, apiEvent, type EventParts, readAnswer } from './api-event.ts';
import { createMemoryRunOnce } from './memory-run-once.ts';
import { NOW } from './users-api.ts';

/** Addresses on a store in memory. */
export interface MemoryAddressesDeps extends AddressesDeps {
  readonly addresses: AddressesStore;
}

/** `byte` is each one of its secrets. */
export function createAddressesDeps(byte = 7): MemoryAddressesDeps {
  return {
    ...{ addresses: createMemoryAddressesStore(), now: () => NOW, budgetMs: 1_000, log: silentLog },
    cursors: createCursors({ secret: () => 'a secret' }),
    random: () => Buffer.alloc(UNSUBSCRIBE_SECRET_BYTES, byte),
  };
}

/** The routes of addresses, as callers and readers of mails see them. */
export function createAddressesApi(byte?: number) {
  const deps = createAddressesDeps(byte);
  const authenticate = createAuthenticate({ log: silentLog, now: deps.now });
  const { runOnce } = createMemoryRunOnce();
  const serve = createServe({ routes: createAddressesRoutes(deps), authenticate, runOnce, log: silentLog });
  const call = async ({ body, ...parts }: Omit<EventParts, 'body'> & { readonly body?: object }): Promise<Answer> =>
    readAnswer(await serve(apiEvent({ ...parts, ...(body && { body: JSON.stringify(body) }) })));
  const visit = (parts: EventParts): Promise<APIGatewayProxyResult> =>
    serve(apiEvent({ principal: undefined, ...parts }));
  return { deps, call, visit };
}
