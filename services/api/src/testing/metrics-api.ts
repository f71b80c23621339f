import { silentLog } from '@weir/logging';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { BOOTSTRAP, type Principal } from '../http/callers/principal.ts';
import { createCursors } from '../http/requests/cursor.ts';
import { createMetricsRoutes } from '../metrics/metrics-routes.ts';
import { createServe } from '../serve/serve.ts';
import { type Answer, apiEvent, readAnswer } from './api-event.ts';
import { createStubMetricsReader, type StubMetricsReader } from './stub-metrics-reader.ts';

/** The present time of the tests: Monday, 24 November 2025, 16:20:30.500 UTC. */
export const NOW = Date.UTC(2025, 10, 24, 16, 20, 30, 500);

/** The metrics' routes on a stub, as a caller sees them. */
export interface MetricsApi {
  readonly reader: StubMetricsReader;
  readonly get: (path: string, query?: Record<string, string | string[]>) => Promise<Answer>;
}

/** Makes one with `principal` as its caller. An unexpected error fails the test. */
export function createMetricsApi(principal: Principal = BOOTSTRAP): MetricsApi {
  const reader = createStubMetricsReader();
  const serve = createServe({
    routes: createMetricsRoutes({
      reader,
      cursors: createCursors({ secret: () => 'a secret' }),
      now: () => NOW,
      readBudgetMs: 200,
      log: silentLog,
    }),
    authenticate: createAuthenticate({ log: silentLog, now: () => NOW }),
    log: silentLog,
  });
  return { reader, get: async (path, query = {}) => readAnswer(await serve(apiEvent({ path, query, principal }))) };
}
