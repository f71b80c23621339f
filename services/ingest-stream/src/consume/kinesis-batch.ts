import { padSequenceNumber, type StreamRecord } from '@weir/events';
import type { KinesisStreamEvent } from 'aws-lambda';

/** Records of one shard, in order, as Lambda delivers them. */
export interface ShardBatch {
  readonly shardId: string;
  readonly records: readonly StreamRecord[];
}

/** Reads an invocation's event. It has records of one shard only, and `eventID` is `shardId:sequenceNumber`. */
export function readKinesisBatch({ Records }: KinesisStreamEvent): ShardBatch {
  const eventId = Records[0]?.eventID ?? '';
  return {
    shardId: eventId.slice(0, eventId.lastIndexOf(':')),
    records: Records.map(({ kinesis }) => ({
      sequenceNumber: padSequenceNumber(kinesis.sequenceNumber),
      partitionKey: kinesis.partitionKey,
      arrival: Math.floor(kinesis.approximateArrivalTimestamp * 1000),
      data: kinesis.data,
    })),
  };
}
