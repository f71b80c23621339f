import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** How many messages of a queue wait, about; those that are delayed are not among them. */
export function createSqsCountWaiting({ client, queueUrl: QueueUrl }: { client: SQSClient; queueUrl: string }) {
  return async (): Promise<number> => {
    const AttributeNames = ['ApproximateNumberOfMessages' as const];
    const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  };
}
