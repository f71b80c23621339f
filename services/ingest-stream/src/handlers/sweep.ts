import { createArchiveClient, createS3ObjectStore } from '@weir/archive/s3';
import { readConfig, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createTelemetry } from '@weir/logging';
import { createTracing } from '@weir/logging/tracer';
import { createSweepHandler } from '../sweep/sweep-handler.ts';
import { Sweeper } from '../sweep/sweep-logs.ts';

const config = readConfig({
  ...runtimeFields,
  metricsTable: text('WEIR_METRICS_TABLE'),
  archiveBucket: text('WEIR_ARCHIVE_BUCKET'),
});
const telemetry = createTelemetry(config);
const { traceClient } = createTracing(config);
const now = () => Date.now();

/** Folds the logs of quiet shards, and rewrites closed hours of the archive. */
export const handler = createSweepHandler({
  telemetry,
  now,
  sweeper: new Sweeper({
    store: createDynamoMetricsStore({ client: traceClient(createDynamoDbClient()), tableName: config.metricsTable }),
    objects: createS3ObjectStore({
      client: traceClient(createArchiveClient({ requestTimeoutMs: 60_000 })),
      bucket: config.archiveBucket,
    }),
    now,
    log: telemetry.log,
    meter: telemetry.meter,
  }),
});
