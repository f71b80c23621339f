import type { Field } from '@weir/config';
import type { Logger, Meter } from '@weir/logging';
import { loadLate } from '../lazy-loading/load-late.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createRedisLink, type RedisLink, type RedisLinkDeps } from './redis-link.ts';
import { createLinkReport } from './report-link.ts';

/** How long Redis is left alone after it failed. */
const PAUSE_MS = 5_000;

/** The variable that holds the URL of the stage's Redis; empty where it has none. */
export function redisUrl(name: string): Field<string> {
  return (env) => {
    const raw = env[name] ?? '';
    if (raw === '' || /^rediss?:\/\/[^/]/.test(raw)) return { ok: true, value: raw };
    // Not what it holds: a URL may hold a password.
    return { ok: false, problem: `${name} must be empty, or begin with redis:// or rediss://` };
  };
}

/** What `createStageRedis` needs. */
export interface StageRedisDeps {
  readonly url: string;
  readonly now: () => number;
  readonly meter: Meter;
  readonly log: Logger;
  /** Makes a client that is not connected yet. */
  readonly createClient?: RedisLinkDeps['createClient'];
}

/** The link to the stage's Redis, not connected before it is used; undefined where the stage has none. */
export function createStageRedis(deps: StageRedisDeps): RedisLink | undefined {
  const { url, now, meter, log, createClient = clientsFor(url, log) } = deps;
  if (url === '') return undefined;
  const breaker = createCircuitBreaker({ pauseMs: PAUSE_MS, now });
  return createRedisLink({ createClient, breaker, report: createLinkReport({ meter, log }), now });
}

/** Clients of ioredis, which is loaded with the first of them: few stages have Redis. */
function clientsFor(url: string, log: Logger): RedisLinkDeps['createClient'] {
  const load = loadLate(() => import('./create-redis-client.ts'));
  return async () => (await load()).createRedisClient(url, log);
}
