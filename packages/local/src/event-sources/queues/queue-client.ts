import type { AwsClient, AwsOutcome } from '../../aws-calls/aws-client.ts';
import { type QueueOrigin, queueMessage, type WireMessage } from './queue-message.ts';
import type { DeadLetters, QueueMessage, QueuePort } from './queue-port.ts';

/** A queue that exists. */
export interface OpenQueue {
  readonly port: QueuePort;
  readonly visibilitySeconds: number;
  /** Undefined if the queue has no dead-letter queue. */
  readonly deadLetters: DeadLetters | undefined;
}

/** SQS takes no more in one call. */
const MAX_ENTRIES = 10;

/** Finds a queue by its ARN and reads it. Throws while it does not exist. */
export async function openQueue(aws: AwsClient, origin: QueueOrigin): Promise<OpenQueue> {
  const [, , , region, account, name] = origin.queueArn.split(':');
  const QueueUrl = `http://sqs.${region}.localhost/${account}/${name}`;
  const call = async (action: string, body: object) =>
    expectOk(await aws.json('sqs', action, { QueueUrl, ...body }), action);
  const { Attributes } = await call('GetQueueAttributes', { AttributeNames: ['VisibilityTimeout', 'RedrivePolicy'] });
  const port: QueuePort = {
    receive: async (max) => {
      const all = { AttributeNames: ['All'], MessageAttributeNames: ['All'] };
      const answer = await call('ReceiveMessage', { MaxNumberOfMessages: max, WaitTimeSeconds: 0, ...all });
      return ((answer.Messages ?? []) as readonly WireMessage[]).map((message) => queueMessage(message, origin));
    },
    delete: async (messages) => {
      for (const Entries of entriesOf(messages, {})) await call('DeleteMessageBatch', { Entries });
    },
    hide: async (messages, seconds) => {
      for (const Entries of entriesOf(messages, { VisibilityTimeout: seconds })) {
        await call('ChangeMessageVisibilityBatch', { Entries });
      }
    },
  };
  const { VisibilityTimeout, RedrivePolicy } = Attributes as Readonly<Record<string, string>>;
  return { port, visibilitySeconds: Number(VisibilityTimeout), deadLetters: deadLettersOf(RedrivePolicy) };
}

function deadLettersOf(redrivePolicy: string | undefined): DeadLetters | undefined {
  if (redrivePolicy === undefined || redrivePolicy === '') return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(redrivePolicy);
  return { arn: String(deadLetterTargetArn), maxReceiveCount: Number(maxReceiveCount) };
}

/** Entries of a batch call, as many calls as that takes. */
function entriesOf(messages: readonly QueueMessage[], more: object): readonly (readonly object[])[] {
  const entries = messages.map(({ receiptHandle }, index) => ({
    Id: String(index),
    ReceiptHandle: receiptHandle,
    ...more,
  }));
  return Array.from({ length: Math.ceil(entries.length / MAX_ENTRIES) }, (_, page) =>
    entries.slice(page * MAX_ENTRIES, (page + 1) * MAX_ENTRIES),
  );
}

function expectOk(outcome: AwsOutcome, action: string): Readonly<Record<string, unknown>> {
  if (!outcome.ok) throw new Error(`${action}: ${outcome.code}: ${outcome.message}`);
  const failed = (outcome.json.Failed as readonly { readonly Code: string }[] | undefined) ?? [];
  if (failed.length > 0) throw new Error(`${action}: ${failed.map(({ Code }) => Code).join(', ')}`);
  return outcome.json;
}
