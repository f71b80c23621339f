import { randomBytes } from 'node:crypto';
import { list, readConfig, runtimeFields, text } from '@weir/config';
import { createSecretReader } from '@weir/config/secrets';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoKeysStore } from '@weir/dynamodb/keys';
import { createTelemetry } from '@weir/logging';
import type { APIGatewayProxyHandler } from 'aws-lambda';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { CURSOR_SECRET_TTL_MS, createCursors } from '../http/requests/cursor.ts';
import { createKeysRoutes } from '../keys/keys-routes.ts';
import { KEYS_BUDGET_MS } from '../keys/limits.ts';
import { createStageLimit, limitFields } from '../rate-limit/stage-limit.ts';
import { createStageRedis } from '../redis/stage-redis.ts';
import { createServe } from '../serve/serve.ts';
import { createStageRunOnce, idempotencyFields } from '../serve/stage-run-once.ts';

const config = readConfig({
  ...runtimeFields,
  ...limitFields,
  ...idempotencyFields,
  tableName: text('WEIR_KEYS_TABLE'),
  cursorSecret: text('WEIR_CURSOR_SECRET'),
  corsOrigins: list('WEIR_CORS_ORIGINS'),
});
const { log, meter, observe } = createTelemetry(config);
const readSecret = createSecretReader({ ttlMs: CURSOR_SECRET_TTL_MS });
const now = () => Date.now();

const redis = createStageRedis({ url: config.redisUrl, now, meter, log });
const serve = createServe({
  routes: createKeysRoutes({
    store: createDynamoKeysStore({ client: createDynamoDbClient(), tableName: config.tableName }),
    cursors: createCursors({ secret: () => readSecret(config.cursorSecret) }),
    now,
    random: () => randomBytes(32),
    log,
    budgetMs: KEYS_BUDGET_MS,
  }),
  authenticate: createAuthenticate({ log, now }),
  limitRate: createStageLimit({ config, redis, now }),
  runOnce: createStageRunOnce({ config, meter, log }),
  corsOrigins: config.corsOrigins,
  log,
});

/** `GET` and `POST /v1/keys`, `DELETE /v1/keys/{id}`. */
export const handler: APIGatewayProxyHandler = (event, context) =>
  observe({ context, correlationId: event.requestContext.requestId }, () => serve(event, context));
