import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { flag, integer, list, readConfig, runtimeFields, text } from '@weir/config';
import { createSecretReader } from '@weir/config/secrets';
import { createActivityStore, createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createDynamoAvatarUploadsStore } from '@weir/dynamodb/avatars';
import { createErasureStore, createPassStore } from '@weir/dynamodb/erasures';
import { createDynamoUsersStore } from '@weir/dynamodb/users';
import { createTelemetry } from '@weir/logging';
import type { APIGatewayProxyHandler } from 'aws-lambda';
import { createAvatarsRoutes } from '../avatars/avatars-routes.ts';
import { createLateAvatarUrls } from '../avatars/late-avatar-urls.ts';
import { createPresentAvatar } from '../avatars/present-avatar.ts';
import { createErasureRoutes } from '../erasures/erasures-routes.ts';
import { retentionOf } from '../erasures/places.ts';
import { createPlacesAtOnce } from '../erasures/places-at-once.ts';
import { beginPass, createLatePassMachine } from '../erasures/start-pass.ts';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { createCursors } from '../http/requests/cursor.ts';
import { AVATAR_URL_TTL_SECONDS, CHANGE_BUDGET_MS, CURSOR_SECRET_TTL_MS, READ_BUDGET_MS } from '../limits.ts';
import { loadLate } from '../load-late.ts';
import { createStageLimit, limitFields } from '../rate-limit/stage-limit.ts';
import { createStageRedis } from '../redis/stage-redis.ts';
import { createServe } from '../serve/serve.ts';
import { createStageRunOnce, idempotencyFields } from '../serve/stage-run-once.ts';
import { etagOf } from '../users/present-user.ts';
import { createUsersRoutes } from '../users/users-routes.ts';

const config = readConfig({
  ...runtimeFields,
  ...limitFields,
  ...idempotencyFields,
  usersTable: text('WEIR_USERS_TABLE'),
  avatarsBucket: text('WEIR_AVATARS_BUCKET'),
  cursorSecret: text('WEIR_CURSOR_SECRET'),
  metricsTable: text('WEIR_METRICS_TABLE'),
  userActivity: flag('WEIR_USER_ACTIVITY'),
  machineArn: text('WEIR_ERASURE_MACHINE_ARN'),
  graceSeconds: integer('WEIR_ERASURE_GRACE_SECONDS', { min: 0 }),
  intervalSeconds: integer('WEIR_ERASURE_INTERVAL_SECONDS', { min: 0 }),
  lastPassSeconds: integer('WEIR_ERASURE_LAST_PASS_SECONDS', { min: 0 }),
  streamRetentionHours: integer('WEIR_STREAM_RETENTION_HOURS', { min: 1 }),
  logRetentionDays: integer('WEIR_LOG_RETENTION_DAYS', { min: 1 }),
  corsOrigins: list('WEIR_CORS_ORIGINS'),
});
const { log, meter, observe } = createTelemetry(config);
const readSecret = createSecretReader({ ttlMs: CURSOR_SECRET_TTL_MS });
const now = () => Date.now();
const client = createDynamoDbClient();
const table = { client, tableName: config.usersTable };
const uploads = createDynamoAvatarUploadsStore(table);
// The clients of S3 and Step Functions are loaded for the first address that is signed, and the first pass.
const urls = createLateAvatarUrls(
  loadLate(async () => {
    const { openAvatarUrls } = await import('../aws/open-avatar-urls.ts');
    return openAvatarUrls({ bucket: config.avatarsBucket, expiresInSeconds: AVATAR_URL_TTL_SECONDS });
  }),
);
const openObjects = loadLate(async () => {
  const { openAvatarObjects } = await import('../aws/open-avatar-objects.ts');
  return openAvatarObjects(config.avatarsBucket);
});
const openMachine = loadLate(async () => {
  const { createStepFunctionsPassMachine } = await import('../aws/step-functions-pass-machine.ts');
  return createStepFunctionsPassMachine(config.machineArn);
});

const activity = createActivityStore({
  store: createDynamoMetricsStore({ client, tableName: config.metricsTable }),
  now,
});
const changes = {
  store: createDynamoUsersStore(table),
  newVersion: randomUUID,
  now,
  random: Math.random,
  sleep,
  changeBudgetMs: CHANGE_BUDGET_MS,
};
const passStarts = {
  passes: createPassStore({ ...table, metricsTable: config.metricsTable }),
  machine: createLatePassMachine(openMachine),
  now,
  newId: randomUUID,
  intervalMs: config.intervalSeconds * 1000,
};
const attempts = { budgetMs: READ_BUDGET_MS, log };
const { requested, refilled } = createPlacesAtOnce({ changes, activity, avatars: { uploads, openObjects } });
const redis = createStageRedis({ url: config.redisUrl, now, meter, log });
const serve = createServe({
  routes: [
    ...createUsersRoutes({
      ...changes,
      ...attempts,
      cursors: createCursors({ secret: () => readSecret(config.cursorSecret) }),
      presentAvatar: createPresentAvatar(urls),
      activity: config.userActivity ? activity : undefined,
    }),
    ...createAvatarsRoutes({ ...changes, ...attempts, uploads, urls, newUploadId: randomUUID }),
    ...createErasureRoutes({
      ...attempts,
      erasures: createErasureStore(table),
      beginPass: () => beginPass(passStarts),
      places: [...requested, ...refilled],
      findTag: async (userId) => etagOf(await changes.store.find(userId)),
      newId: randomUUID,
      now,
      graceMs: config.graceSeconds * 1000,
      retention: retentionOf(config),
    }),
  ],
  authenticate: createAuthenticate({ log, now }),
  limitRate: createStageLimit({ config, redis, now }),
  runOnce: createStageRunOnce({ config, meter, log }),
  corsOrigins: config.corsOrigins,
  log,
});

/** Everything under `/v1/users`, and the receipts of erasures. */
export const handler: APIGatewayProxyHandler = (event, context) =>
  observe({ context, correlationId: event.requestContext.requestId }, () => serve(event, context));
