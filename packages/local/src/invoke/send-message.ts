import type { AwsClient } from '../aws-calls/aws-client.ts';

/** Sends a message to the queue or the topic of this ARN. */
export async function sendMessage(aws: AwsClient, destination: string, message: object): Promise<void> {
  const [, , service, region, account, name] = destination.split(':');
  const text = JSON.stringify(message);
  if (service === 'sns') {
    await aws.sns('Publish', { TopicArn: destination, Message: text });
  } else {
    const QueueUrl = `http://sqs.${region}.localhost/${account}/${name}`;
    await aws.json('sqs', 'SendMessage', { QueueUrl, MessageBody: text });
  }
}
