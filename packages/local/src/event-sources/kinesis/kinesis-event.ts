import type { StreamRecord } from './kinesis-port.ts';

/** Where records come from, as their event says it. */
export interface EventOrigin {
  readonly shardId: string;
  readonly streamArn: string;
  readonly region: string;
  readonly roleArn: string;
}

/** Lambda's limit on the payload of an invocation ("6 MB"), with room for the event around the records. */
export const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024 - 1024;

/** The event that Lambda makes of a batch. */
export function kinesisEvent(records: readonly StreamRecord[], origin: EventOrigin): { readonly Records: object[] } {
  return { Records: records.map((record) => eventRecord(record, origin)) };
}

/** The bytes that a record takes in the event. */
export function payloadBytes(record: StreamRecord, origin: EventOrigin): number {
  // Only the partition key can need escaping or more than a byte a character; the data is base64.
  const bare = JSON.stringify(eventRecord({ ...record, data: '' }, origin));
  return Buffer.byteLength(bare) + record.data.length + 1;
}

function eventRecord(record: StreamRecord, { shardId, streamArn, region, roleArn }: EventOrigin): object {
  return {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: record.partitionKey,
      sequenceNumber: record.sequenceNumber,
      data: record.data,
      approximateArrivalTimestamp: record.arrival,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shardId}:${record.sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: roleArn,
    awsRegion: region,
    eventSourceARN: streamArn,
  };
}
