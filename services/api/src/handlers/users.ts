import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { flag, integer, readConfig, text } from '@weir/config';
import { createActivityStore, createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createDynamoAddressesStore } from '@weir/dynamodb/addresses';
import { createDynamoAvatarUploadsStore } from '@weir/dynamodb/avatars';
import { createErasureStore, createPassStore } from '@weir/dynamodb/erasures';
import { createDynamoUsersStore } from '@weir/dynamodb/users';
import { loadLate } from '@weir/late-loading';
import { createAvatarsRoutes } from '../avatars/avatars-routes.ts';
import { createLateAvatarUrls } from '../avatars/late-avatar-urls.ts';
import { AVATAR_URL_TTL_SECONDS } from '../avatars/limits.ts';
import { createPresentAvatar } from '../avatars/present-avatar.ts';
import { createErasureRoutes } from '../erasures/erasures-routes.ts';
import { beginPass, createLatePassMachine } from '../erasures/passes/start-pass.ts';
import { retentionOf } from '../erasures/places/places.ts';
import { createPlacesAtOnce } from '../erasures/places/places-at-once.ts';
import { READ_BUDGET_MS } from '../http/answers/or-unavailable.ts';
import { createRoutesHandler } from '../serve/routes-handler.ts';
import { createStageCursors, cursorFields } from '../serve/stage-cursors.ts';
import { createStageDeps, stageFields } from '../serve/stage-deps.ts';
import { createStageRunOnce, idempotencyFields } from '../serve/stage-run-once.ts';
import { CHANGE_BUDGET_MS } from '../users/profile/limits.ts';
import { etagOf } from '../users/profile/present-user.ts';
import { createUsersRoutes } from '../users/users-routes.ts';

const config = readConfig({
  ...stageFields,
  ...cursorFields,
  ...idempotencyFields,
  usersTable: text('WEIR_USERS_TABLE'),
  avatarsBucket: text('WEIR_AVATARS_BUCKET'),
  metricsTable: text('WEIR_METRICS_TABLE'),
  notificationsTable: text('WEIR_NOTIFICATIONS_TABLE'),
  userActivity: flag('WEIR_USER_ACTIVITY'),
  machineArn: text('WEIR_ERASURE_MACHINE_ARN'),
  graceSeconds: integer('WEIR_ERASURE_GRACE_SECONDS', { min: 0 }),
  intervalSeconds: integer('WEIR_ERASURE_INTERVAL_SECONDS', { min: 0 }),
  lastPassSeconds: integer('WEIR_ERASURE_LAST_PASS_SECONDS', { min: 0 }),
  streamRetentionHours: integer('WEIR_STREAM_RETENTION_HOURS', { min: 1 }),
  logRetentionDays: integer('WEIR_LOG_RETENTION_DAYS', { min: 1 }),
});
const now = () => Date.now();
const stage = createStageDeps(config, now);
const { log, meter } = stage;
const client = createDynamoDbClient();
const table = { client, tableName: config.usersTable };
const uploads = createDynamoAvatarUploadsStore(table);
// The client of S3 is loaded for the first signed address, that of Step Functions for the first pass.
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
const addresses = createDynamoAddressesStore({ client, tableName: config.notificationsTable });
const { requested, refilled } = createPlacesAtOnce({
  ...{ changes, addresses, activity, avatars: { uploads, openObjects } },
});

/** Everything under `/v1/users`, and the receipts of erasures. */
export const handler = createRoutesHandler(stage, {
  routes: [
    ...createUsersRoutes({
      ...changes,
      ...attempts,
      cursors: createStageCursors(config),
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
  runOnce: createStageRunOnce({ config, meter, log }),
});
