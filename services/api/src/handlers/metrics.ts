import { list, readConfig, runtimeFields, text } from '@weir/config';
import { createSecretReader } from '@weir/config/secrets';
import { createDynamoDbClient, createDynamoMetricsStore, createMetricsReader } from '@weir/dynamodb';
import { createTelemetry } from '@weir/logging';
import type { APIGatewayProxyHandler } from 'aws-lambda';
import { createStageCache } from '../cache/stage-cache.ts';
import { READ_BUDGET_MS } from '../http/answers/attempt.ts';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { CURSOR_SECRET_TTL_MS, createCursors } from '../http/requests/cursor.ts';
import { createCachedReader } from '../metrics/cached-reader.ts';
import { createMetricsRoutes } from '../metrics/metrics-routes.ts';
import { createStageLimit, limitFields } from '../rate-limit/stage-limit.ts';
import { createStageRedis } from '../redis/stage-redis.ts';
import { createServe } from '../serve/serve.ts';

const config = readConfig({
  ...runtimeFields,
  ...limitFields,
  tableName: text('WEIR_METRICS_TABLE'),
  cursorSecret: text('WEIR_CURSOR_SECRET'),
  corsOrigins: list('WEIR_CORS_ORIGINS'),
});
const { log, meter, observe } = createTelemetry(config);
const readSecret = createSecretReader({ ttlMs: CURSOR_SECRET_TTL_MS });
const now = () => Date.now();

const redis = createStageRedis({ url: config.redisUrl, now, meter, log });
const store = createDynamoMetricsStore({ client: createDynamoDbClient(), tableName: config.tableName });
const reader = createCachedReader({
  reader: createMetricsReader({ store, now }),
  cache: createStageCache({ config, redis, now }),
  now,
});

const serve = createServe({
  routes: createMetricsRoutes({
    reader,
    cursors: createCursors({ secret: () => readSecret(config.cursorSecret) }),
    now,
    readBudgetMs: READ_BUDGET_MS,
    log,
  }),
  authenticate: createAuthenticate({ log, now }),
  limitRate: createStageLimit({ config, redis, now }),
  corsOrigins: config.corsOrigins,
  log,
});

/** `GET /v1/metrics/{action}` and `GET /v1/actions`. */
export const handler: APIGatewayProxyHandler = (event, context) =>
  observe({ context, correlationId: event.requestContext.requestId }, () => serve(event, context));
