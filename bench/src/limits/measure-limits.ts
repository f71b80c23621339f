import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { flood } from '@weir/api/src/testing/flood.ts';
import { createRedisServer } from '@weir/api/src/testing/redis-server.ts';
import { TOLD } from '@weir/api/src/testing/told-environment.ts';
import { type LambdaInstance, startLambda } from '@weir/local/lambda';
import { bundleFunction } from '../start/bundle-handlers.ts';

/** The limit of a key. */
export const POLICY = { ratePerSecond: 20, burst: 100 };
const CONNECTIONS = 24;
const FUNCTION = 'metrics';
/** No action can have this name: the answer is a 400, so only the way to it costs anything. */
const PATH = '/v1/metrics/no%20action';

/** The result of one flood. */
export interface LimitsMeasure {
  readonly instances: number;
  readonly hasRedis: boolean;
  readonly through: number;
  readonly refused: number;
  /** The requests that one bucket lets through in the time. */
  readonly oneBucket: number;
  /** How often Redis did not answer an instance in time; the instance then limited by itself for five seconds. */
  readonly unreached: number;
}

/** Floods one bundled function of the API with one key: several numbers of instances, with a Redis and without. */
export async function measureLimits({ seconds }: { seconds: number }): Promise<LimitsMeasure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-limits-'));
  const redis = await createRedisServer();
  try {
    await redis.start();
    const { path } = await bundleFunction(FUNCTION, folder);
    const start = (redisUrl: string) =>
      startLambda({
        name: FUNCTION,
        folder: dirname(path),
        handler: basename(path).replace('.mjs', '.handler'),
        timeoutSeconds: 20,
        environment: {
          ...TOLD,
          POWERTOOLS_METRICS_DISABLED: 'false',
          WEIR_REDIS_URL: redisUrl,
          WEIR_RATE_LIMIT_PER_SECOND: `${POLICY.ratePerSecond}`,
          WEIR_RATE_LIMIT_BURST: `${POLICY.burst}`,
        },
      });
    const measures: LimitsMeasure[] = [];
    for (const hasRedis of [true, false]) {
      for (const instances of [1, 2, 4]) {
        const started = Array.from({ length: instances }, () => start(hasRedis ? redis.url : ''));
        measures.push({ instances, hasRedis, ...(await floodAll(started, seconds)) });
      }
    }
    return measures;
  } finally {
    await redis.kill();
    await rm(folder, { recursive: true });
  }
}

async function floodAll(started: readonly LambdaInstance[], seconds: number) {
  const instances = started.map((instance) => ({ ...instance, path: PATH }));
  try {
    // Starts the instances, so that the flood does not measure a start.
    await flood({ instances, connections: instances.length, seconds: 0.01, keyId: 'warming' });
    const keyId = `flooding ${performance.now()}`;
    const { through, refused, seconds: took } = await flood({ instances, connections: CONNECTIONS, seconds, keyId });
    const printed = started.map((instance) => instance.printed()).join('');
    const unreached = printed.match(/"RedisUnreached":1\b/g)?.length ?? 0;
    return { through, refused, unreached, oneBucket: POLICY.burst + POLICY.ratePerSecond * took };
  } finally {
    await Promise.all(started.map((instance) => instance.close()));
  }
}
