import { SQSClient } from '@aws-sdk/client-sqs';
import { type Config, runtimeFields, text } from '@weir/config';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createDynamoWebhooksStore } from '@weir/dynamodb/webhooks';
import { createTracing } from '@weir/logging/tracer';
import { createSqsCountWaiting } from './sqs-count-waiting.ts';
import { createSqsSendDeliveries } from './sqs-send-deliveries.ts';

/** The environment of each function that makes deliveries, sends them, or attempts them. */
export const webhookFields = {
  ...runtimeFields,
  notificationsTable: text('WEIR_NOTIFICATIONS_TABLE'),
  queueUrl: text('WEIR_WEBHOOKS_QUEUE_URL'),
  slowQueueUrl: text('WEIR_WEBHOOKS_SLOW_QUEUE_URL'),
};

/** Opens the table and the queues, once for each process. */
export function openWebhooks(config: Config<typeof webhookFields>, now: () => number) {
  const { traceClient } = createTracing(config);
  const client = traceClient(createDynamoDbClient());
  const sqs = traceClient(new SQSClient({}));
  const { notificationsTable: tableName, queueUrl, slowQueueUrl } = config;
  return {
    store: createDynamoWebhooksStore({ client, tableName }),
    send: createSqsSendDeliveries({ client: sqs, queueUrls: { fast: queueUrl, slow: slowQueueUrl } }),
    countSlow: createSqsCountWaiting({ client: sqs, queueUrl: slowQueueUrl }),
    now,
  };
}
