import { randomUUID } from 'node:crypto';
import { KinesisClient, ListShardsCommand, PutRecordsCommand, type Shard } from '@aws-sdk/client-kinesis';
import { padSequenceNumber } from '@weir/events';
import { awsClient } from './aws-client.ts';
import type { Local } from './weir-process.ts';

/** A record for the stream. */
export interface StreamInput {
  readonly data: string | Uint8Array;
  readonly partitionKey?: string | undefined;
  readonly explicitHashKey?: string | undefined;
}

/** The stream, through the AWS door. */
export function createStreamDoor(local: Local) {
  const kinesis = new KinesisClient(awsClient(local));
  const StreamName = local.stream;

  /** The sequence number of each record; undefined for a record that was not taken. */
  const tryPut = async (records: readonly StreamInput[]): Promise<(string | undefined)[]> => {
    const Records = records.map(({ data, partitionKey, explicitHashKey }) => ({
      Data: Buffer.from(data),
      PartitionKey: partitionKey ?? randomUUID(),
      ExplicitHashKey: explicitHashKey,
    }));
    const answer = await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
    return records.map((_record, i) => {
      const number = answer.Records?.[i]?.SequenceNumber;
      return number === undefined ? undefined : padSequenceNumber(number);
    });
  };

  const put = async (records: readonly StreamInput[]): Promise<string[]> => {
    const numbers = await tryPut(records);
    return numbers.map((number) => number ?? fail('the stream did not take a record'));
  };

  const openShards = async (): Promise<Shard[]> => {
    const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName }));
    return Shards.filter(({ SequenceNumberRange }) => SequenceNumberRange?.EndingSequenceNumber === undefined);
  };

  return { kinesis, StreamName, tryPut, put, openShards };
}

function fail(message: string): never {
  throw new Error(message);
}
