import type { Field } from '@weir/config';
import { loadLate } from '@weir/late-loading';
import type { Logger, Meter } from '@weir/logging';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createRedisLink, type RedisLink, type RedisLinkDeps } from './redis-link.ts';
import { createLinkReport } from './report-link.ts';

/** How long Redis is not called after a failure. */
const PAUSE_MS = 5_000;

/** The environment variable with the URL of the stage's Redis; empty if the stage has none. */
export function redisUrl(name: string): Field<string> {
  return (env) => {
    const raw = env[name] ?? '';
    if (raw === '' || /^rediss?:\/\/[^/]/.test(raw)) return { ok: true, value: raw };
    // The message does not repeat the value, as a URL may contain a password.
    return { ok: false, problem: `${name} must be empty, or begin with redis:// or rediss://` };
  };
}

/** Dependencies of `createStageRedis`. */
export interface StageRedisDeps {
  readonly url: string;
  readonly now: () => number;
  readonly meter: Meter;
  readonly log: Logger;
  /** Makes a client that is not connected yet. */
  readonly createClient?: RedisLinkDeps['createClient'];
}

/** The link to the stage's Redis. It connects at the first use. Undefined if the stage has no Redis. */
export function createStageRedis(deps: StageRedisDeps): RedisLink | undefined {
  const { url, now, meter, log, createClient = clientsFor(url, log) } = deps;
  if (url === '') return undefined;
  const breaker = createCircuitBreaker({ pauseMs: PAUSE_MS, now });
  return createRedisLink({ createClient, breaker, report: createLinkReport({ meter, log }), now });
}

/** Makes clients of ioredis, which is loaded with the first client: few stages have Redis. */
function clientsFor(url: string, log: Logger): RedisLinkDeps['createClient'] {
  const load = loadLate(() => import('./create-redis-client.ts'));
  return async () => (await load()).createRedisClient(url, log);
}
