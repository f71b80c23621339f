import type { SourceRecord } from '../streams/stream-port.ts';

/** A record as GetRecords has it. */
export interface KinesisRecord {
  readonly SequenceNumber: string;
  readonly PartitionKey: string;
  /** Base64. */
  readonly Data: string;
  /** Epoch seconds with a fraction. */
  readonly ApproximateArrivalTimestamp: number;
}

/** The origin of records, as Lambda's event names it. */
export interface KinesisOrigin {
  readonly streamArn: string;
  readonly region: string;
  readonly roleArn: string;
}

/** The record as a source delivers it. */
export function kinesisRecord(record: KinesisRecord, shardId: string, origin: KinesisOrigin): SourceRecord {
  const eventRecord = {
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: record.PartitionKey,
      sequenceNumber: record.SequenceNumber,
      data: record.Data,
      approximateArrivalTimestamp: record.ApproximateArrivalTimestamp,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${shardId}:${record.SequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: origin.roleArn,
    awsRegion: origin.region,
    eventSourceARN: origin.streamArn,
  };
  return {
    sequenceNumber: record.SequenceNumber,
    arrival: record.ApproximateArrivalTimestamp,
    eventRecord,
    bytes: payloadBytes(eventRecord),
    filtered: () => ({ fields: { ...eventRecord.kinesis, data: '' }, payload: Buffer.from(record.Data, 'base64') }),
  };
}

/** Only the partition key can need escaping, or more than one byte for a character; the data is base64. */
function payloadBytes(eventRecord: { readonly kinesis: { readonly data: string } }): number {
  const bare = JSON.stringify({ ...eventRecord, kinesis: { ...eventRecord.kinesis, data: '' } });
  return Buffer.byteLength(bare) + eventRecord.kinesis.data.length + 1;
}
