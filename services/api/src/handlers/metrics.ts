import { readConfig, runtimeFields, text } from '@weir/config';
import { createSecretReader } from '@weir/config/secrets';
import { createDynamoDbClient, createDynamoMetricsStore, createMetricsReader } from '@weir/dynamodb';
import { createTelemetry } from '@weir/logging';
import type { APIGatewayProxyHandler } from 'aws-lambda';
import { createStageCache } from '../cache/stage-cache.ts';
import { createAuthenticate } from '../http/authenticate.ts';
import { createServe } from '../http/serve.ts';
import { KEY_TTL_MS, READ_BUDGET_MS } from '../limits.ts';
import { createCachedReader } from '../metrics/cached-reader.ts';
import { createMetricsRoutes } from '../metrics/metrics-routes.ts';
import { createStageLimit, limitFields } from '../rate-limit/stage-limit.ts';
import { createStageRedis, redisUrl } from '../redis/stage-redis.ts';

const config = readConfig({
  ...runtimeFields,
  ...limitFields,
  redisUrl: redisUrl('WEIR_REDIS_URL'),
  tableName: text('WEIR_METRICS_TABLE'),
  keySecret: text('WEIR_BOOTSTRAP_KEY_SECRET'),
});
const { log, meter, observe } = createTelemetry(config);
const readSecret = createSecretReader({ ttlMs: KEY_TTL_MS });
const now = () => Date.now();

const redis = createStageRedis({ url: config.redisUrl, now, log });
const store = createDynamoMetricsStore({ client: createDynamoDbClient(), tableName: config.tableName });
const reader = createCachedReader({
  reader: createMetricsReader({ store, now }),
  cache: createStageCache({ config, redis, now, meter, log }),
  now,
});

const serve = createServe({
  routes: createMetricsRoutes({ reader, now, readBudgetMs: READ_BUDGET_MS, log }),
  authenticate: createAuthenticate({ readKey: () => readSecret(config.keySecret), log }),
  limitRate: createStageLimit({ config, redis, now, meter, log }),
  log,
});

/** `GET /v1/metrics/{action}` and `GET /v1/actions`. */
export const handler: APIGatewayProxyHandler = (event, context) =>
  observe({ context, correlationId: event.requestContext.requestId }, () => serve(event, context));
