import { randomUUID } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';
import { integer, readConfig, text } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import { createTracing } from '@weir/logging/tracer';
import { jobFields, openJobs } from '../aws/open-jobs.ts';
import { createSqsHideMessage } from '../aws/sqs-hide-message.ts';
import { createWorkHandler } from '../jobs/lambda/work-handler.ts';
import { workPart } from '../jobs/work-part.ts';

const config = readConfig({
  ...jobFields,
  queueUrl: text('WEIR_REPORT_PARTS_QUEUE_URL'),
  receives: integer('WEIR_PART_RECEIVES', { min: 1 }),
  retrySeconds: integer('WEIR_PART_RETRY_SECONDS', { min: 0 }),
});
const telemetry = createTelemetry(config);
const { traceClient } = createTracing(config);
const jobs = openJobs(config, { meter: telemetry.meter, now: () => Date.now(), newCut: randomUUID });

/** Runs a part of a job. */
export const handler = createWorkHandler(telemetry, {
  work: (message, isLastReceive) => workPart(jobs, message, { isLastReceive }),
  hide: createSqsHideMessage({ client: traceClient(new SQSClient({})), queueUrl: config.queueUrl }),
  receives: config.receives,
  retrySeconds: config.retrySeconds,
});
