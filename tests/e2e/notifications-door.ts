import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoAlertsStore } from '@weir/dynamodb/alerts';
import { createDynamoWebhooksStore } from '@weir/dynamodb/webhooks';
import { createLambdaInvoke } from '@weir/ops/src/aws/lambda-invoke.ts';
import { createOpenNotificationQueues } from '@weir/ops/src/aws/open-queues.ts';
import { runNotificationsRedrive } from '@weir/ops/src/commands/run-redrive.ts';
import { awsClient } from './aws-client.ts';
import type { Local } from './weir-process.ts';

/** The rules, endpoints and deliveries of a running Weir. */
export function createNotificationsDoor(local: Local) {
  const client = new DynamoDBClient(awsClient(local));
  const access = { client, tableName: 'weir-local-notifications' };
  const options = awsClient(local);
  const sqs = new SQSClient(options);
  return {
    alerts: createDynamoAlertsStore(access),
    webhooks: createDynamoWebhooksStore(access),

    /** Puts a message into a dead-letter queue of the service. */
    async bury(queue: 'webhooks' | 'dispatch', body: object): Promise<void> {
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `weir-local-${queue}-dead-letters` }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body) }));
    },

    /** `npm run ops -- redrive notifications` */
    redriveNotifications: () =>
      runNotificationsRedrive(
        { invoke: createLambdaInvoke(options), openQueues: createOpenNotificationQueues(options) },
        'local',
      ),
  };
}
