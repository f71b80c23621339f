import { randomBytes } from 'node:crypto';
import { createArchiveClient, createS3ObjectStore } from '@weir/archive/s3';
import { integer, readConfig, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createDynamoAddressesStore } from '@weir/dynamodb/addresses';
import { createDynamoAlertsStore } from '@weir/dynamodb/alerts';
import { createDynamoMailsStore } from '@weir/dynamodb/mails';
import { createMetricsReader } from '@weir/dynamodb/metrics';
import { loadLate } from '@weir/late-loading';
import { createTelemetry } from '@weir/logging';
import { createTracing } from '@weir/logging/tracer';
import { senderAt, UNSUBSCRIBE_SECRET_BYTES } from '@weir/mail';
import { createSesClient } from '../aws/create-ses-client.ts';
import { createSesPostMail } from '../aws/ses-post-mail.ts';
import { readSurroundings } from '../mail/alert/read-surroundings.ts';
import { createMailHandler } from '../mail/lambda/mail-handler.ts';
import { sendMail } from '../mail/send-mail.ts';

const config = readConfig({
  ...runtimeFields,
  metricsTable: text('WEIR_METRICS_TABLE'),
  notificationsTable: text('WEIR_NOTIFICATIONS_TABLE'),
  reportsBucket: text('WEIR_REPORTS_BUCKET'),
  mailDomain: text('WEIR_MAIL_DOMAIN'),
  configurationSet: text('WEIR_MAIL_CONFIGURATION_SET'),
  cap: integer('WEIR_MAILS_PER_DAY', { min: 1 }),
  apiUrl: text('WEIR_API_URL'),
});
const now = () => Date.now();
const from = senderAt(config.mailDomain);
const telemetry = createTelemetry(config);
const { traceClient } = createTracing(config);
const client = traceClient(createDynamoDbClient());
const table = { client, tableName: config.notificationsTable };
const reader = createMetricsReader({
  store: createDynamoMetricsStore({ client, tableName: config.metricsTable }),
  now,
});
const reports = createS3ObjectStore({
  client: traceClient(createArchiveClient({ requestTimeoutMs: 10_000 })),
  bucket: config.reportsBucket,
});
// The mail of a report is there already: only an alert needs what draws.
const loadCompose = loadLate(async () => {
  const { createComposeAlert } = await import('../mail/alert/compose-alert.ts');
  return createComposeAlert({ readBuckets: (firing) => readSurroundings({ reader, now }, firing), log: telemetry.log });
});
const deps = {
  addresses: createDynamoAddressesStore(table),
  alerts: createDynamoAlertsStore(table),
  mails: createDynamoMailsStore(table),
  readReport: async (file: string) => (await reports.find(file))?.bytes,
  composeAlert: async (...of: Parameters<Awaited<ReturnType<typeof loadCompose>>>) => (await loadCompose())(...of),
  post: createSesPostMail({ client: traceClient(createSesClient()), from, configurationSet: config.configurationSet }),
  ...{ from, apiUrl: config.apiUrl.replace(/\/$/, ''), cap: config.cap },
  random: () => randomBytes(UNSUBSCRIBE_SECRET_BYTES),
  now,
};

/** Sends the mails of the queue. */
export const handler = createMailHandler(telemetry, (message) => sendMail(deps, message));
