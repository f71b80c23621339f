import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createArchiveClient, createS3ObjectStore } from '@weir/archive/s3';
import { integer, readConfig, runtimeFields, text } from '@weir/config';
import { createActivityStore, createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createDynamoAddressesStore } from '@weir/dynamodb/addresses';
import { createDynamoAlertsStore } from '@weir/dynamodb/alerts';
import { createDynamoAvatarUploadsStore } from '@weir/dynamodb/avatars';
import { createErasureStore, createPassStore } from '@weir/dynamodb/erasures';
import { createDynamoReportsStore } from '@weir/dynamodb/reports';
import { createDynamoUsersStore } from '@weir/dynamodb/users';
import { createDynamoWebhooksStore } from '@weir/dynamodb/webhooks';
import { loadLate } from '@weir/late-loading';
import { createTelemetry } from '@weir/logging';
import { createTracing } from '@weir/logging/tracer';
import { openAvatarObjects } from '../aws/open-avatar-objects.ts';
import { createAnnounceErased } from '../erasures/passes/announce-erased.ts';
import { createEraseHandler } from '../erasures/passes/erase-handler.ts';
import { createLatePassMachine } from '../erasures/passes/start-pass.ts';
import { createAlertsPlace } from '../erasures/places/alerts-place.ts';
import { createEndpointsPlace } from '../erasures/places/endpoints-place.ts';
import { createPlacesAtOnce } from '../erasures/places/places-at-once.ts';
import { createReportsPlace } from '../erasures/places/reports-place.ts';
import { CHANGE_BUDGET_MS } from '../users/profile/limits.ts';

const config = readConfig({
  ...runtimeFields,
  metricsTable: text('WEIR_METRICS_TABLE'),
  usersTable: text('WEIR_USERS_TABLE'),
  avatarsBucket: text('WEIR_AVATARS_BUCKET'),
  archiveBucket: text('WEIR_ARCHIVE_BUCKET'),
  reportsTable: text('WEIR_REPORTS_TABLE'),
  reportsBucket: text('WEIR_REPORTS_BUCKET'),
  notificationsTable: text('WEIR_NOTIFICATIONS_TABLE'),
  machineArn: text('WEIR_ERASURE_MACHINE_ARN'),
  intervalSeconds: integer('WEIR_ERASURE_INTERVAL_SECONDS', { min: 0 }),
  lastPassSeconds: integer('WEIR_ERASURE_LAST_PASS_SECONDS', { min: 0 }),
  orphansSeconds: integer('WEIR_ERASURE_ORPHANS_SECONDS', { min: 0 }),
});
const telemetry = createTelemetry(config);
const { traceClient } = createTracing(config);
const client = traceClient(createDynamoDbClient());
const now = () => Date.now();
const table = { client, tableName: config.usersTable };
const avatars = {
  uploads: createDynamoAvatarUploadsStore(table),
  openObjects: async () => openAvatarObjects(config.avatarsBucket),
};
// Most calls start no execution, so the client is loaded late.
const openMachine = loadLate(async () => {
  const { createStepFunctionsPassMachine } = await import('../aws/step-functions-pass-machine.ts');
  return createStepFunctionsPassMachine(config.machineArn);
});
const store = createDynamoMetricsStore({ client, tableName: config.metricsTable });
const changes = {
  store: createDynamoUsersStore(table),
  newVersion: randomUUID,
  now,
  random: Math.random,
  sleep,
  changeBudgetMs: CHANGE_BUDGET_MS,
};

const bucketsClient = traceClient(createArchiveClient({ requestTimeoutMs: 60_000 }));
const notifications = { client, tableName: config.notificationsTable };
const addresses = createDynamoAddressesStore(notifications);
const activity = createActivityStore({ store, now });
const atOnce = createPlacesAtOnce({ changes, addresses, activity, avatars });
const reports = createReportsPlace({
  reports: createDynamoReportsStore({ client, tableName: config.reportsTable }),
  files: createS3ObjectStore({ client: bucketsClient, bucket: config.reportsBucket }),
});

const times = { lastMs: config.lastPassSeconds * 1000, orphansMs: config.orphansSeconds * 1000 };
const alerts = createAlertsPlace({ alerts: createDynamoAlertsStore(notifications), addresses });
const webhooks = createDynamoWebhooksStore(notifications);
const endpoints = createEndpointsPlace({ webhooks, addresses, now });

/** Works on a pass over the archive for the state machine, or checks for waiting erasures for the schedule. */
export const handler = createEraseHandler({
  telemetry,
  task: {
    requested: atOnce.requested,
    // Reports, rules and endpoints are left to the passes: the function of the request may not write them.
    refilled: [...atOnce.refilled, reports, alerts, endpoints],
    announceErased: createAnnounceErased({ webhooks, times, now }),
    store,
    erasures: createErasureStore(table),
    passes: createPassStore({ ...table, metricsTable: config.metricsTable }),
    machine: createLatePassMachine(openMachine),
    newId: randomUUID,
    intervalMs: config.intervalSeconds * 1000,
    objects: createS3ObjectStore({ client: bucketsClient, bucket: config.archiveBucket }),
    now,
    log: telemetry.log,
    times,
  },
});
