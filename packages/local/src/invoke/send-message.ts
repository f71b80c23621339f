import type { AwsClient, AwsOutcome } from '../aws-calls/aws-client.ts';

/** Sends a message to the queue or the topic of this ARN; throws if that does not take it. */
export async function sendMessage(aws: AwsClient, destination: string, message: object): Promise<void> {
  const outcome = await send(aws, destination, JSON.stringify(message));
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.message}`);
}

function send(aws: AwsClient, destination: string, text: string): Promise<AwsOutcome> {
  const [, , service, region, account, name] = destination.split(':');
  if (service === 'sns') return aws.sns('Publish', { TopicArn: destination, Message: text });
  const QueueUrl = `http://sqs.${region}.localhost/${account}/${name}`;
  return aws.json('sqs', 'SendMessage', { QueueUrl, MessageBody: text });
}
