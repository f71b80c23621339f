import type { ActivityDay, ActivityQuery } from '@weir/dynamodb';
import { MemoryUsersStore } from '@weir/dynamodb/users/memory';
import { type Logger, silentLog } from '@weir/logging';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { createCursors } from '../http/requests/cursor.ts';
import type { Route } from '../http/route.ts';
import { createServe } from '../serve/serve.ts';
import type { UsersDeps } from '../users/users-deps.ts';
import { createUsersRoutes } from '../users/users-routes.ts';
import { type Answer, apiEvent, type EventParts, readAnswer } from './api-event.ts';

/** The time at which tests begin: Monday, 24 November 2025, 16:20:30.500 UTC. */
export const NOW = Date.UTC(2025, 10, 24, 16, 20, 30, 500);

/** An activity reader with fixed answers that records its calls. */
export interface StubActivityReader {
  readonly queries: ActivityQuery[];
  counts: ActivityDay[];
  readActivity(query: ActivityQuery): Promise<readonly ActivityDay[]>;
}

/** The users' routes on a store in memory, as a caller sees them. */
export interface UsersApi {
  readonly store: MemoryUsersStore;
  readonly activity: StubActivityReader;
  readonly deps: UsersDeps;
  readonly routes: Route[];
  readonly call: (parts: EventParts) => Promise<Answer>;
}

/** Makes one without users. `replaced` has the test's own parts. */
export function createUsersApi(replaced: Partial<UsersDeps> = {}, log: Logger = silentLog): UsersApi {
  const store = new MemoryUsersStore();
  let versions = 0;
  let time = NOW;
  const activity: StubActivityReader = {
    queries: [],
    counts: [],
    async readActivity(query) {
      this.queries.push(query);
      return this.counts;
    },
  };
  const deps: UsersDeps = {
    ...{ store, activity, log, cursors: createCursors({ secret: () => 'a secret' }) },
    presentAvatar: async (avatar) => avatar,
    newVersion: () => `v${versions++}`,
    now: () => time++,
    random: () => 0,
    sleep: async () => undefined,
    ...{ changeBudgetMs: 10_000, budgetMs: 5_000 },
    ...replaced,
  };
  const routes = createUsersRoutes(deps);
  const authenticate = createAuthenticate({ log, now: () => NOW });
  const serve = createServe({ routes, authenticate, log });
  return { store, activity, deps, routes, call: async (parts) => readAnswer(await serve(apiEvent(parts))) };
}
