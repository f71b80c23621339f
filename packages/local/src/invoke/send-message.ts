import type { AwsClient, AwsOutcome } from '../aws-calls/aws-client.ts';

/** A message, and the texts or numbers beside it. */
export interface OutgoingMessage {
  readonly destination: string;
  /** A text is sent as it is. */
  readonly message: object | string;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** Sends a message to the queue or the topic of this ARN; throws if that does not take it. */
export async function sendMessage(aws: AwsClient, destination: string, message: object): Promise<void> {
  await sendWithAttributes(aws, { destination, message });
}

/** The same, with attributes. */
export async function sendWithAttributes(aws: AwsClient, outgoing: OutgoingMessage): Promise<void> {
  const outcome = await send(aws, outgoing);
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.message}`);
}

function send(aws: AwsClient, { destination, message, attributes = {} }: OutgoingMessage): Promise<AwsOutcome> {
  const [, , service, region, account, name] = destination.split(':');
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  const given = Object.entries(attributes).map(([key, value]) => ({ key, value: attributeOf(value) }));
  if (service === 'sns') {
    const encoded = given.flatMap(({ key, value }, index) => [
      [`MessageAttributes.entry.${index + 1}.Name`, key],
      [`MessageAttributes.entry.${index + 1}.Value.DataType`, value.DataType],
      [`MessageAttributes.entry.${index + 1}.Value.StringValue`, value.StringValue],
    ]);
    return aws.sns('Publish', { TopicArn: destination, Message: text, ...Object.fromEntries(encoded) });
  }
  const QueueUrl = `http://sqs.${region}.localhost/${account}/${name}`;
  const MessageAttributes = Object.fromEntries(given.map(({ key, value }) => [key, value]));
  const all = { QueueUrl, MessageBody: text, ...(given.length === 0 ? {} : { MessageAttributes }) };
  return aws.json('sqs', 'SendMessage', all);
}

function attributeOf(value: string | number) {
  return { DataType: typeof value === 'number' ? 'Number' : 'String', StringValue: String(value) };
}
