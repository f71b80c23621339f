import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoAddressesStore } from '@weir/dynamodb/addresses';
import { createDynamoAlertsStore } from '@weir/dynamodb/alerts';
import { createDynamoWebhooksStore } from '@weir/dynamodb/webhooks';
import { createLambdaInvoke } from '@weir/ops/src/aws/lambda-invoke.ts';
import { createOpenNotificationQueues } from '@weir/ops/src/aws/open-queues.ts';
import { runNotificationsRedrive } from '@weir/ops/src/commands/run-redrive.ts';
import { awsClient } from './aws-client.ts';
import type { Local } from './weir-process.ts';

/** A mail as the local SES shows it. */
export interface ReceivedMail {
  readonly from: string;
  readonly destination: { readonly to: readonly string[] };
  readonly subject: string;
  readonly body: { readonly html?: string; readonly text?: string };
  readonly attachments: readonly { readonly contentType: string; readonly size: number }[];
}

/** The rules, endpoints and deliveries of a running Weir. */
export function createNotificationsDoor(local: Local) {
  const client = new DynamoDBClient(awsClient(local));
  const access = { client, tableName: 'weir-local-notifications' };
  const options = awsClient(local);
  const sqs = new SQSClient(options);
  return {
    alerts: createDynamoAlertsStore(access),
    webhooks: createDynamoWebhooksStore(access),
    addresses: createDynamoAddressesStore(access),

    /** The mails to an address that the local SES received, the oldest first. */
    async mailsTo(address: string): Promise<readonly ReceivedMail[]> {
      const { emails } = (await (await fetch(`${local.mailUrl}/store`)).json()) as { emails: ReceivedMail[] };
      return emails.filter(({ destination }) => destination.to.includes(address));
    },

    /** Tells the stage something as SES does. */
    async tellAsSes(event: object): Promise<void> {
      const TopicArn = `arn:aws:sns:${local.region}:${local.accountId}:weir-local-mail-feedback`;
      await new SNSClient(options).send(new PublishCommand({ TopicArn, Message: JSON.stringify(event) }));
    },

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
