import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { integer, oneOf, readConfig, runtimeFields, text } from '@weir/config';
import { createSecretReader } from '@weir/config/secrets';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createErasureStore } from '@weir/dynamodb/erasures';
import { createDynamoUsersStore } from '@weir/dynamodb/users';
import { createTelemetry } from '@weir/logging';
import type { APIGatewayProxyHandler } from 'aws-lambda';
import { createStepFunctionsErasureMachine } from '../aws/step-functions-erasure-machine.ts';
import { createErasureRoutes } from '../erasures/erasures-routes.ts';
import { retentionOf } from '../erasures/places.ts';
import { createAuthenticate } from '../http/authenticate.ts';
import { createCursors } from '../http/cursor.ts';
import { createServe } from '../http/serve.ts';
import { CHANGE_BUDGET_MS, CURSOR_SECRET_TTL_MS, READ_BUDGET_MS } from '../limits.ts';
import { etagOf } from '../users/present-user.ts';
import { createProfilePlace } from '../users/profile-place.ts';
import { createUsersRoutes } from '../users/users-routes.ts';

const config = readConfig({
  ...runtimeFields,
  usersTable: text('WEIR_USERS_TABLE'),
  cursorSecret: text('WEIR_CURSOR_SECRET'),
  userActivity: oneOf('WEIR_USER_ACTIVITY', ['true', 'false']),
  metricsTable: text('WEIR_METRICS_TABLE'),
  machineArn: text('WEIR_ERASURE_MACHINE_ARN'),
  graceSeconds: integer('WEIR_ERASURE_GRACE_SECONDS', { min: 0 }),
  streamRetentionHours: integer('WEIR_STREAM_RETENTION_HOURS', { min: 1 }),
  logRetentionDays: integer('WEIR_LOG_RETENTION_DAYS', { min: 1 }),
});
const { log, observe } = createTelemetry(config);
const readSecret = createSecretReader({ ttlMs: CURSOR_SECRET_TTL_MS });
const client = createDynamoDbClient();
const now = () => Date.now();

const changes = {
  store: createDynamoUsersStore({ client, tableName: config.usersTable }),
  newVersion: randomUUID,
  now,
  random: Math.random,
  sleep,
  changeBudgetMs: CHANGE_BUDGET_MS,
};

const serve = createServe({
  routes: [
    ...createUsersRoutes({
      ...changes,
      cursors: createCursors({ secret: () => readSecret(config.cursorSecret) }),
      // Nothing writes avatars yet.
      presentAvatar: async () => undefined,
      // Nothing is counted by user yet.
      activity: config.userActivity === 'true' ? { readActivity: async () => [] } : undefined,
      budgetMs: READ_BUDGET_MS,
      log,
    }),
    ...createErasureRoutes({
      erasures: createErasureStore({ client, tableName: config.usersTable, metricsTable: config.metricsTable }),
      machine: createStepFunctionsErasureMachine(config.machineArn),
      places: [createProfilePlace(changes)],
      findTag: async (userId) => etagOf(await changes.store.find(userId)),
      newId: randomUUID,
      now,
      graceMs: config.graceSeconds * 1000,
      retention: retentionOf(config),
      log,
    }),
  ],
  authenticate: createAuthenticate({ log, now }),
  log,
});

/** Everything under `/v1/users`, and the receipts of erasures. */
export const handler: APIGatewayProxyHandler = (event, context) =>
  observe({ context, correlationId: event.requestContext.requestId }, () => serve(event));
