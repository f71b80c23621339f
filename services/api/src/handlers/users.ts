import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { flag, list, readConfig, runtimeFields, text } from '@weir/config';
import { createSecretReader } from '@weir/config/secrets';
import { createActivityStore, createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createDynamoUsersStore } from '@weir/dynamodb/users';
import { createTelemetry } from '@weir/logging';
import type { APIGatewayProxyHandler } from 'aws-lambda';
import { createAuthenticate } from '../http/authenticate.ts';
import { createCursors } from '../http/cursor.ts';
import { createServe } from '../http/serve.ts';
import { CHANGE_BUDGET_MS, CURSOR_SECRET_TTL_MS, READ_BUDGET_MS } from '../limits.ts';
import { createStageLimit, limitFields } from '../rate-limit/stage-limit.ts';
import { createStageRedis } from '../redis/stage-redis.ts';
import { createUsersRoutes } from '../users/users-routes.ts';

const config = readConfig({
  ...runtimeFields,
  ...limitFields,
  usersTable: text('WEIR_USERS_TABLE'),
  cursorSecret: text('WEIR_CURSOR_SECRET'),
  metricsTable: text('WEIR_METRICS_TABLE'),
  userActivity: flag('WEIR_USER_ACTIVITY'),
  corsOrigins: list('WEIR_CORS_ORIGINS'),
});
const { log, meter, observe } = createTelemetry(config);
const readSecret = createSecretReader({ ttlMs: CURSOR_SECRET_TTL_MS });
const client = createDynamoDbClient();
const now = () => Date.now();

const activity = createActivityStore({
  store: createDynamoMetricsStore({ client, tableName: config.metricsTable }),
  now,
});
const redis = createStageRedis({ url: config.redisUrl, now, log });
const serve = createServe({
  routes: createUsersRoutes({
    store: createDynamoUsersStore({ client, tableName: config.usersTable }),
    cursors: createCursors({ secret: () => readSecret(config.cursorSecret) }),
    // Nothing writes avatars yet.
    presentAvatar: async () => undefined,
    activity: config.userActivity ? activity : undefined,
    newVersion: randomUUID,
    now,
    random: Math.random,
    sleep,
    changeBudgetMs: CHANGE_BUDGET_MS,
    budgetMs: READ_BUDGET_MS,
    log,
  }),
  authenticate: createAuthenticate({ log, now }),
  limitRate: createStageLimit({ config, redis, now, meter, log }),
  corsOrigins: config.corsOrigins,
  log,
});

/** Everything under `/v1/users`. */
export const handler: APIGatewayProxyHandler = (event, context) =>
  observe({ context, correlationId: event.requestContext.requestId }, () => serve(event, context));
