import { type Config, type Field, text } from '@weir/config';
import { loadLate } from '@weir/late-loading';
import type { Logger, Meter } from '@weir/logging';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { fixedAddress, isRedisUrl, type RedisAddress } from './redis-address.ts';
import { createRedisLink, type RedisLink, type RedisLinkDeps } from './redis-link.ts';
import { createLinkReport } from './report-link.ts';

/** How long Redis is not called after a failure. */
const PAUSE_MS = 5_000;

/**
 * Where the stage's Redis is: its URL, or the name or ARN of the secret that holds it. Both are empty if it has none. With
 * a user, IAM lets the function in, and the user's name is that of the cache.
 */
export const redisFields = {
  redisUrl: redisUrl('WEIR_REDIS_URL'),
  redisSecret: text('WEIR_REDIS_SECRET', { fallback: '' }),
  redisUser: text('WEIR_REDIS_USER', { fallback: '' }),
  region: text('AWS_REGION', { fallback: '' }),
};

/** Dependencies of `createStageRedis`. */
export interface StageRedisDeps {
  readonly config: Config<typeof redisFields>;
  readonly now: () => number;
  readonly meter: Meter;
  readonly log: Logger;
  /** Makes a client that is not connected yet. */
  readonly createClient?: RedisLinkDeps['createClient'];
}

/** The link to the stage's Redis. It connects at the first use. Undefined if the stage has no Redis. */
export function createStageRedis(deps: StageRedisDeps): RedisLink | undefined {
  const { config, now, meter, log, createClient = clientsFor(deps) } = deps;
  if (config.redisUrl === '' && config.redisSecret === '') return undefined;
  const breaker = createCircuitBreaker({ pauseMs: PAUSE_MS, now });
  return createRedisLink({ createClient, breaker, report: createLinkReport({ meter, log }), now });
}

function redisUrl(name: string): Field<string> {
  return (env) => {
    const raw = env[name] ?? '';
    if (raw === '' || isRedisUrl(raw)) return { ok: true, value: raw };
    // The message does not repeat the value, as a URL may contain a password.
    return { ok: false, problem: `${name} must be empty, or begin with redis:// or rediss://` };
  };
}

/** Makes clients of ioredis, which is loaded with the first client: few stages have Redis. */
function clientsFor(deps: StageRedisDeps): RedisLinkDeps['createClient'] {
  const loadClients = loadLate(() => import('./create-redis-client.ts'));
  const loadAddress = addressOf(deps);
  return async () => {
    const [{ createRedisClient }, address] = await Promise.all([loadClients(), loadAddress()]);
    return createRedisClient(await address.read(), { log: deps.log, onRefused: address.refused });
  };
}

/** The reader of secrets and the signer are loaded late too: a stage needs one of them at most. */
function addressOf({ config, now, log }: StageRedisDeps): () => Promise<RedisAddress> {
  const { redisUrl: url, redisSecret: name, redisUser: user, region } = config;
  if (user !== '') {
    return loadLate(async () => (await import('./iam-address.ts')).createIamAddress({ url, user, region, now }));
  }
  if (name === '') return async () => fixedAddress(url);
  return loadLate(async () => (await import('./secret-address.ts')).createSecretAddress({ name, log }));
}
