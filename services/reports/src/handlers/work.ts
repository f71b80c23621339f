import { SQSClient } from '@aws-sdk/client-sqs';
import { integer, readConfig, runtimeFields, text } from '@weir/config';
import { createTelemetry } from '@weir/logging';
import { createTracing } from '@weir/logging/tracer';
import { createSqsHideMessage } from '../aws/sqs-hide-message.ts';
import { createWorkHandler } from '../jobs/lambda/work-handler.ts';

const config = readConfig({
  ...runtimeFields,
  queueUrl: text('WEIR_REPORT_PARTS_QUEUE_URL'),
  receives: integer('WEIR_PART_RECEIVES', { min: 1 }),
  retrySeconds: integer('WEIR_PART_RETRY_SECONDS', { min: 0 }),
});
const { traceClient } = createTracing(config);

/** Runs a part of a job. */
export const handler = createWorkHandler(createTelemetry(config), {
  work: async () => undefined,
  hide: createSqsHideMessage({ client: traceClient(new SQSClient({})), queueUrl: config.queueUrl }),
  receives: config.receives,
  retrySeconds: config.retrySeconds,
});
