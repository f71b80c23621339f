import { type Config, list, runtimeFields } from '@weir/config';
import { createTelemetry, type Telemetry } from '@weir/logging';
import { limitFields } from '../rate-limit/stage-limit.ts';
import type { RedisLink } from '../redis/redis-link.ts';
import { createStageRedis, redisFields } from '../redis/stage-redis.ts';

/** The settings of every function whose routes need a key. Spread them into the function's own fields. */
export const stageFields = { ...runtimeFields, ...limitFields, ...redisFields, corsOrigins: list('WEIR_CORS_ORIGINS') };

/** The dependencies that a process makes once for all of its routes. */
export interface StageDeps extends Telemetry {
  readonly config: Config<typeof stageFields>;
  /** Undefined if the stage has no Redis. */
  readonly redis: RedisLink | undefined;
  readonly now: () => number;
}

/** Makes the common dependencies of functions whose routes need a key. Call it once, in the wiring. */
export function createStageDeps(config: StageDeps['config'], now: () => number): StageDeps {
  const telemetry = createTelemetry(config);
  const { log, meter } = telemetry;
  return { ...telemetry, config, now, redis: createStageRedis({ config, now, meter, log }) };
}
