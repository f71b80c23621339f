import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetters } from '../redrive/dead-letters.ts';

/** SQS takes no more at once. */
const MAX_MESSAGES = 10;
/** A letter comes again after this time if it is not deleted. */
const HIDDEN_SECONDS = 120;
/** With a wait, SQS asks all of its servers: without one, it may say that a queue with few messages is empty. */
const WAIT_SECONDS = 1;

/** A dead-letter queue in SQS. */
export function createSqsDeadLetters(client: SQSClient, QueueUrl: string): DeadLetters {
  return {
    async receive() {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          ...{ QueueUrl, MaxNumberOfMessages: MAX_MESSAGES },
          ...{ VisibilityTimeout: HIDDEN_SECONDS, WaitTimeSeconds: WAIT_SECONDS },
        }),
      );
      return Messages.map(({ Body = '', ReceiptHandle = '' }) => ({ body: Body, receiptHandle: ReceiptHandle }));
    },
    async delete({ receiptHandle: ReceiptHandle }) {
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    },
  };
}
