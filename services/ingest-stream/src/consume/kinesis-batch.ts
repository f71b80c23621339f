import { padSequenceNumber, type StreamRecord } from '@weir/events';
import type { KinesisStreamEvent } from 'aws-lambda';

/** Records of one shard, in order, as Lambda delivers them. */
export interface ShardBatch {
  readonly shardId: string;
  readonly records: readonly StreamRecord[];
}

/** Reads an invocation's event. It has records of one shard only. */
export function readKinesisBatch(event: KinesisStreamEvent): ShardBatch {
  return {
    shardId: shardOf(event),
    records: event.Records.map(({ kinesis }) => ({
      sequenceNumber: padSequenceNumber(kinesis.sequenceNumber),
      partitionKey: kinesis.partitionKey,
      arrival: Math.floor(kinesis.approximateArrivalTimestamp * 1000),
      data: kinesis.data,
    })),
  };
}

/** The shard of an invocation's event: `eventID` is `shardId:sequenceNumber`. */
export function shardOf({ Records }: KinesisStreamEvent): string {
  const eventId = Records[0]?.eventID ?? '';
  return eventId.slice(0, eventId.lastIndexOf(':'));
}
