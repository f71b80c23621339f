import { KinesisClient } from '@aws-sdk/client-kinesis';
import { createArchiveClient, createS3ObjectStore } from '@weir/archive/s3';
import { readConfig, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createTelemetry } from '@weir/logging';
import { createTracing } from '@weir/logging/tracer';
import { createKinesisTip } from '../aws/kinesis-tip.ts';
import { ProgressWriter } from '../progress/write-progress.ts';
import { createSweepHandler } from '../sweep/sweep-handler.ts';
import { Sweeper } from '../sweep/sweep-logs.ts';
import { GivenUpWatch } from '../sweep/watch-given-up.ts';

const config = readConfig({
  ...runtimeFields,
  streamName: text('WEIR_STREAM_NAME'),
  metricsTable: text('WEIR_METRICS_TABLE'),
  archiveBucket: text('WEIR_ARCHIVE_BUCKET'),
});
const telemetry = createTelemetry(config);
const { traceClient } = createTracing(config);
const now = () => Date.now();
const store = createDynamoMetricsStore({ client: traceClient(createDynamoDbClient()), tableName: config.metricsTable });
const deps = { store, now, log: telemetry.log, meter: telemetry.meter };
const objects = createS3ObjectStore({
  client: traceClient(createArchiveClient({ requestTimeoutMs: 60_000 })),
  bucket: config.archiveBucket,
});

/** Says how far the stream is counted, folds the logs of quiet shards, and rewrites closed hours of the archive. */
export const handler = createSweepHandler({
  telemetry,
  now,
  progress: new ProgressWriter({
    ...deps,
    stream: createKinesisTip({ client: traceClient(new KinesisClient({})), streamName: config.streamName }),
  }),
  givenUp: new GivenUpWatch({ ...deps, objects }),
  sweeper: new Sweeper({ ...deps, objects }),
});
