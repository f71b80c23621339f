import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { oneOf, readConfig, runtimeFields, text } from '@weir/config';
import { createSecretReader } from '@weir/config/secrets';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoUsersStore } from '@weir/dynamodb/users';
import { createTelemetry } from '@weir/logging';
import type { APIGatewayProxyHandler } from 'aws-lambda';
import { createAuthenticate } from '../http/authenticate.ts';
import { createCursors } from '../http/cursor.ts';
import { createServe } from '../http/serve.ts';
import { CHANGE_BUDGET_MS, CURSOR_SECRET_TTL_MS, READ_BUDGET_MS } from '../limits.ts';
import { createUsersRoutes } from '../users/users-routes.ts';

const config = readConfig({
  ...runtimeFields,
  usersTable: text('WEIR_USERS_TABLE'),
  cursorSecret: text('WEIR_CURSOR_SECRET'),
  userActivity: oneOf('WEIR_USER_ACTIVITY', ['true', 'false']),
});
const { log, observe } = createTelemetry(config);
const readSecret = createSecretReader({ ttlMs: CURSOR_SECRET_TTL_MS });
const client = createDynamoDbClient();
const now = () => Date.now();

const serve = createServe({
  routes: createUsersRoutes({
    store: createDynamoUsersStore({ client, tableName: config.usersTable }),
    cursors: createCursors({ secret: () => readSecret(config.cursorSecret) }),
    // Nothing writes avatars yet.
    presentAvatar: async () => undefined,
    // Nothing is counted by user yet.
    activity: config.userActivity === 'true' ? { readActivity: async () => [] } : undefined,
    newVersion: randomUUID,
    now,
    random: Math.random,
    sleep,
    changeBudgetMs: CHANGE_BUDGET_MS,
    budgetMs: READ_BUDGET_MS,
    log,
  }),
  authenticate: createAuthenticate({ log, now }),
  log,
});

/** Everything under `/v1/users`. */
export const handler: APIGatewayProxyHandler = (event, context) =>
  observe({ context, correlationId: event.requestContext.requestId }, () => serve(event));
