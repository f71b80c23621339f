import type { QueueMessage } from './queue-port.ts';

/** A message as ReceiveMessage has it. */
export interface WireMessage {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
  readonly MD5OfBody: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly MessageAttributes?: Readonly<Record<string, WireAttribute>>;
  readonly MD5OfMessageAttributes?: string;
}

interface WireAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

/** Where messages come from, as Lambda's event says it. */
export interface QueueOrigin {
  readonly queueArn: string;
  readonly region: string;
}

/** The message as a source delivers it. */
export function queueMessage(message: WireMessage, { queueArn, region }: QueueOrigin): QueueMessage {
  const { MD5OfMessageAttributes } = message;
  const eventRecord = {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) => [name, eventAttribute(attribute)]),
    ),
    md5OfBody: message.MD5OfBody,
    ...(MD5OfMessageAttributes === undefined ? {} : { md5OfMessageAttributes: MD5OfMessageAttributes }),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    receiveCount: Number(message.Attributes?.ApproximateReceiveCount ?? 1),
    eventRecord,
    bytes: Buffer.byteLength(JSON.stringify(eventRecord)) + 1,
    filtered: () => ({ fields: { ...eventRecord, body: '' }, payload: Buffer.from(message.Body) }),
  };
}

function eventAttribute({ DataType, StringValue, BinaryValue }: WireAttribute): object {
  return {
    ...(StringValue === undefined ? {} : { stringValue: StringValue }),
    ...(BinaryValue === undefined ? {} : { binaryValue: BinaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  };
}
