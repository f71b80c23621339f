import { randomBytes } from 'node:crypto';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { logEntryLifeSeconds } from '@weir/aggregates';
import { createArchiveClient, createS3ObjectStore } from '@weir/archive/s3';
import { flag, integer, readConfig, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createTelemetry } from '@weir/logging';
import { createTracing } from '@weir/logging/tracer';
import { createKinesisTopology } from '../aws/kinesis-topology.ts';
import { createAdmittedActions } from '../consume/admit-actions.ts';
import { Consumer } from '../consume/consume-batch.ts';
import { createConsumeHandler } from '../consume/consume-handler.ts';
import { createEventHashes } from '../consume/event-hashes.ts';

const config = readConfig({
  ...runtimeFields,
  streamName: text('WEIR_STREAM_NAME'),
  metricsTable: text('WEIR_METRICS_TABLE'),
  archiveBucket: text('WEIR_ARCHIVE_BUCKET'),
  maxActions: integer('WEIR_MAX_ACTIONS', { min: 1, max: 100_000 }),
  // A cold start reads the whole window from one partition of the table, at some 12 MB a second, and keeps it.
  windowSeconds: integer('WEIR_ID_WINDOW_SECONDS', { min: 0, max: 14_400 }),
  streamRetentionHours: integer('WEIR_STREAM_RETENTION_HOURS', { min: 24, max: 168 }),
  userActivity: flag('WEIR_USER_ACTIVITY', { fallback: true }),
  foldBudgetMs: integer('WEIR_FOLD_BUDGET_MS', { min: 1, fallback: 2_000 }),
});
const telemetry = createTelemetry(config);
const { traceClient } = createTracing(config);
const now = () => Date.now();
const store = createDynamoMetricsStore({ client: traceClient(createDynamoDbClient()), tableName: config.metricsTable });

/** Counts a batch of the Kinesis stream, and answers with the first record that Lambda must send again. */
export const handler = createConsumeHandler({
  telemetry,
  consumer: new Consumer(
    {
      store,
      objects: createS3ObjectStore({
        client: traceClient(createArchiveClient({ requestTimeoutMs: 10_000 })),
        bucket: config.archiveBucket,
      }),
      topology: createKinesisTopology({
        client: traceClient(new KinesisClient({})),
        streamName: config.streamName,
        now,
      }),
      actions: createAdmittedActions({ slots: store, maxActions: config.maxActions }),
      hashes: createEventHashes({ secrets: store, newSecret: () => randomBytes(32).toString('base64url') }),
      now,
      log: telemetry.log,
      meter: telemetry.meter,
    },
    { ...config, entryTtlSeconds: logEntryLifeSeconds(config.streamRetentionHours) },
  ),
});
