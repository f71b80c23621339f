import { SNSClient } from '@aws-sdk/client-sns';
import { createArchiveClient, createS3ObjectStore } from '@weir/archive/s3';
import { type Config, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoJobsStore } from '@weir/dynamodb/jobs';
import type { Meter } from '@weir/logging';
import { createTracing } from '@weir/logging/tracer';
import type { JobDeps } from '../jobs/job-deps.ts';
import { countFailedJobs } from '../jobs/lambda/count-failed-jobs.ts';
import { createKinds } from './create-kinds.ts';
import { createSnsPublishParts } from './sns-publish-parts.ts';

/** The environment of each function that begins, runs or ends jobs. */
export const jobFields = {
  ...runtimeFields,
  metricsTable: text('WEIR_METRICS_TABLE'),
  archiveBucket: text('WEIR_ARCHIVE_BUCKET'),
  reportsTable: text('WEIR_REPORTS_TABLE'),
  reportsBucket: text('WEIR_REPORTS_BUCKET'),
  topicArn: text('WEIR_REPORT_PARTS_TOPIC_ARN'),
};

export interface OpenJobsOptions {
  readonly meter: Meter;
  readonly now: () => number;
  readonly newCut: () => string;
}

/** Opens the stores of the jobs, once for each process. */
export function openJobs(config: Config<typeof jobFields>, options: OpenJobsOptions): JobDeps {
  const { traceClient } = createTracing(config);
  const { meter, now, newCut } = options;
  const client = traceClient(createDynamoDbClient());
  const buckets = traceClient(createArchiveClient({ requestTimeoutMs: 60_000 }));
  const files = createS3ObjectStore({ client: buckets, bucket: config.reportsBucket });
  const archive = createS3ObjectStore({ client: buckets, bucket: config.archiveBucket });
  const store = createDynamoJobsStore({ client, tableName: config.reportsTable });
  return {
    store: { ...store, end: countFailedJobs(store.end, meter) },
    files,
    publish: createSnsPublishParts({ client: traceClient(new SNSClient({})), topicArn: config.topicArn }),
    kindOf: createKinds({ metrics: { client, tableName: config.metricsTable }, archive, files, now }),
    now,
    newCut,
  };
}
