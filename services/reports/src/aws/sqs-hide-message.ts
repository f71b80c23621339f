import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { HideMessage } from '../jobs/lambda/work-handler.ts';

/** Hides messages of a queue. */
export function createSqsHideMessage({ client, queueUrl }: { client: SQSClient; queueUrl: string }): HideMessage {
  return async (ReceiptHandle, VisibilityTimeout) => {
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout }));
  };
}
