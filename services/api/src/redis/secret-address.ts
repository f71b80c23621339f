import { createSecretReader, type SecretReader } from '@weir/config/secrets';
import type { Logger } from '@weir/logging';
import { withinBudget } from '../times/within-budget.ts';
import { isRedisUrl, type RedisAddress } from './redis-address.ts';

/** How long the secret is cached. A connection that is made later reads it again. */
export const REDIS_SECRET_TTL_MS = 300_000;

/** The longest time that a request waits for the secret, at most once for each instance in `REDIS_SECRET_TTL_MS`. */
const BUDGET_MS = 1_000;

/** Dependencies of `createSecretAddress`. */
export interface SecretAddressDeps {
  /** The secret's name or ARN. */
  readonly name: string;
  readonly log: Logger;
  readonly readSecret?: SecretReader;
  readonly budgetMs?: number;
}

/**
 * The URL in a secret, read for a new connection and cached. After Redis has refused its password, the next connection
 * reads the secret anew, so that a rotated password is found before the cached one expires.
 */
export function createSecretAddress({
  name,
  log,
  readSecret = createSecretReader({ ttlMs: REDIS_SECRET_TTL_MS }),
  budgetMs = BUDGET_MS,
}: SecretAddressDeps): RedisAddress {
  let last: string | undefined;
  let refused: string | undefined;
  return {
    async read() {
      const isAnew = last !== undefined && last === refused;
      const url = await withinBudget(readSecret(name, { isAnew }), budgetMs);
      // The message does not repeat the value, as it may contain a password.
      if (!isRedisUrl(url)) throw new Error(`the secret ${name} must be a URL that begins with redis:// or rediss://`);
      last = url;
      return url;
    },
    refused() {
      if (last !== refused) log.warn('Redis refuses the password in its secret, which is read again', { secret: name });
      refused = last;
    },
  };
}
