import type { FilteredMessage } from '../filters/topic-policy.ts';

/** A message that a topic has accepted. */
export interface TopicMessage extends FilteredMessage {
  readonly topicArn: string;
  readonly messageId: string;
  readonly subject: string | undefined;
}

/** A subscription of a function, as SNS shows it. */
export interface FunctionSubscription {
  readonly arn: string;
  readonly topicArn: string;
  /** The ARN of the function. */
  readonly endpoint: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The event that SNS sends to a function for a message. */
export function topicEvent(message: TopicMessage, subscriptionArn: string): object {
  const { topicArn, messageId, subject = null, text, attributes } = message;
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      { Type: DataType, Value: StringValue ?? BinaryValue ?? '' },
    ]),
  );
  const Sns = {
    ...{ SignatureVersion: '1', Timestamp: new Date().toISOString(), Signature: 'EXAMPLE' },
    ...{ SigningCertUrl: 'EXAMPLE', UnsubscribeUrl: 'EXAMPLE', Type: 'Notification' },
    ...{ MessageId: messageId, TopicArn: topicArn, Subject: subject, Message: text, MessageAttributes },
  };
  return {
    Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn: subscriptionArn, Sns }],
  };
}
