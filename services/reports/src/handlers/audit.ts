import { randomUUID } from 'node:crypto';
import { createArchiveReader } from '@weir/archive/reading';
import { createArchiveClient, createS3ObjectStore } from '@weir/archive/s3';
import { readConfig, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createDynamoAuditsStore } from '@weir/dynamodb/audits';
import { loadLate } from '@weir/late-loading';
import { createTelemetry } from '@weir/logging';
import { createTracing } from '@weir/logging/tracer';
import { createAuditHandler } from '../audits/audit-handler.ts';
import { calendarOf } from '../daily/calendar-of.ts';

/** An upper bound on the bytes of what is counted in memory. */
const MAX_BYTES = 128 * 1024 * 1024;

const config = readConfig({
  ...runtimeFields,
  metricsTable: text('WEIR_METRICS_TABLE'),
  archiveBucket: text('WEIR_ARCHIVE_BUCKET'),
  reportsTable: text('WEIR_REPORTS_TABLE'),
  reportsBucket: text('WEIR_REPORTS_BUCKET'),
  machineArn: text('WEIR_AUDIT_MACHINE_ARN'),
  timeZone: text('WEIR_TIME_ZONE'),
});
const { traceClient } = createTracing(config);
const now = () => Date.now();
const client = traceClient(createDynamoDbClient());
const buckets = traceClient(createArchiveClient({ requestTimeoutMs: 60_000 }));
const store = createDynamoMetricsStore({ client, tableName: config.metricsTable });
const audits = createDynamoAuditsStore({ client, tableName: config.reportsTable });
// A call that works on an audit starts none.
const openMachine = loadLate(async () => {
  const { createStepFunctionsAuditMachine } = await import('../aws/step-functions-audit-machine.ts');
  return createStepFunctionsAuditMachine(config.machineArn);
});

/** Works on an audit for the state machine, starts those that are due, or serves an operator. */
export const handler = createAuditHandler({
  telemetry: createTelemetry(config),
  start: {
    audits,
    machine: {
      start: async (input) => (await openMachine()).start(input),
      find: async (execution) => (await openMachine()).find(execution),
    },
    calendarOf,
    timeZone: config.timeZone,
    now,
    newId: randomUUID,
  },
  task: {
    audit: {
      store,
      archive: createArchiveReader({
        store,
        objects: createS3ObjectStore({ client: buckets, bucket: config.archiveBucket }),
      }),
      now,
      maxBytes: MAX_BYTES,
    },
    files: createS3ObjectStore({ client: buckets, bucket: config.reportsBucket }),
    audits,
    calendarOf,
    now,
    newId: randomUUID,
  },
});
