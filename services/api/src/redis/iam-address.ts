import { createElastiCacheToken } from '../aws/elasticache-token.ts';
import type { RedisAddress } from './redis-address.ts';

/** Dependencies of `createIamAddress`. */
export interface IamAddressDeps {
  /** The address of the cache, without user and password. */
  readonly url: string;
  /** The name of the cache, and of its user. */
  readonly user: string;
  readonly region: string;
  readonly now: () => number;
}

/** The address of a cache of ElastiCache, with a new password for each connection: it is signed here, without a call. */
export function createIamAddress({ url, user, region, now }: IamAddressDeps): RedisAddress {
  const sign = createElastiCacheToken({ cache: user, user, region });
  return {
    read: async () => url.replace('//', `//${user}:${encodeURIComponent(await sign(new Date(now())))}@`),
    refused: () => undefined,
  };
}
