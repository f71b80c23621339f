import { ASSUMED, DOLLARS } from './prices.ts';

/** The parts of services/api/resources/redis-cache.yml that cost something; a test compares both. */
export const REDIS_CACHE = {
  /** Endpoints that cost by the hour, and the zones in which each of them is. */
  interfaces: 3,
  zones: 2,
  maxGigabytes: 1,
  maxUnitsPerSecond: 20_000,
} as const;

/** What a Redis of the stage's own costs in a month, in dollars: while nothing uses it, and at most. */
export function costsOfRedisCache(): { readonly idle: number; readonly most: number } {
  const { interfaces, zones, maxGigabytes, maxUnitsPerSecond } = REDIS_CACHE;
  const ofHour = (gigabytes: number, unitsPerSecond: number) =>
    interfaces * zones * DOLLARS.endpointHour +
    gigabytes * DOLLARS.cacheGigabyteHour +
    unitsPerSecond * 3600 * DOLLARS.cacheUnit;
  return {
    idle: ASSUMED.hoursOfMonth * ofHour(ASSUMED.leastCacheGigabytes, 0),
    most: ASSUMED.hoursOfMonth * ofHour(maxGigabytes, maxUnitsPerSecond),
  };
}
