import type { KinesisStreamEvent } from 'aws-lambda';

export interface TestRecord {
  readonly sequenceNumber: string;
  /** Epoch milliseconds. */
  readonly arrival: number;
  /** Base64. */
  readonly data: string;
}

/** An invocation's event as Lambda sends it, for tests. */
export function kinesisEvent(shardId: string, records: readonly TestRecord[]): KinesisStreamEvent {
  return {
    Records: records.map(({ sequenceNumber, arrival, data }) => ({
      awsRegion: 'us-east-1',
      eventID: `${shardId}:${sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      eventSource: 'aws:kinesis',
      eventSourceARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/weir-test-events',
      eventVersion: '1.0',
      invokeIdentityArn: 'arn:aws:iam::000000000000:role/test',
      kinesis: {
        approximateArrivalTimestamp: arrival / 1000,
        data,
        kinesisSchemaVersion: '1.0',
        partitionKey: 'key',
        sequenceNumber,
      },
    })),
  };
}
