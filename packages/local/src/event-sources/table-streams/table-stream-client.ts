import type { AwsClient, AwsOutcome } from '../../aws-calls/aws-client.ts';
import type { ReadResult, Shard, ShardPosition, StreamPort } from '../streams/stream-port.ts';
import { type TableOrigin, type TableRecord, tableRecord } from './table-record.ts';

/** Which table's stream is read, and how. */
export interface TableStreamDeps {
  readonly aws: AwsClient;
  readonly tableName: string;
  readonly region: string;
  readonly account: string;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** The stream of a table that exists. */
export interface TableStream {
  readonly port: StreamPort;
  /** The ARN as it is in AWS, whatever the emulator calls it. */
  readonly streamArn: string;
  /** Changes when the table or its stream is made anew. */
  readonly creation: string;
}

interface WireShard {
  readonly ShardId: string;
  readonly ParentShardId?: string | null;
}

interface StreamPage {
  readonly Shards?: readonly WireShard[];
  readonly LastEvaluatedShardId?: string | null;
}

/** "All data in DynamoDB Streams is subject to a 24-hour lifetime." */
export const TABLE_STREAM_RETENTION_MS = 86_400_000;

/** GetRecords takes no higher limit. */
const MAX_READ = 1000;

/** Finds the stream of a table and reads it. Throws while the table does not exist, or has no stream. */
export async function openTableStream(deps: TableStreamDeps): Promise<TableStream> {
  const { aws, tableName, region, account } = deps;
  const { Table } = expectOk(await aws.json('dynamodb', 'DescribeTable', { TableName: tableName }));
  const { LatestStreamArn, LatestStreamLabel = '' } = Table as { LatestStreamArn?: string; LatestStreamLabel?: string };
  if (LatestStreamArn === undefined) throw new Error(`The table ${tableName} has no stream`);
  const streamArn = `arn:aws:dynamodb:${region}:${account}:table/${tableName}/stream/${LatestStreamLabel}`;
  return { port: streamPort(LatestStreamArn, { streamArn, region }, deps), streamArn, creation: LatestStreamLabel };
}

function streamPort(StreamArn: string, origin: TableOrigin, deps: TableStreamDeps): StreamPort {
  const call = async (action: string, body: object) => expectOk(await deps.aws.json('streams.dynamodb', action, body));
  const iteratorAt = async (ShardId: string, position: ShardPosition) =>
    String((await call('GetShardIterator', { StreamArn, ShardId, ...wirePosition(position) })).ShardIterator);

  return {
    shards: async () => {
      const found: Shard[] = [];
      for (let after: string | undefined, isFirst = true; isFirst || after !== undefined; isFirst = false) {
        const request = { StreamArn, ...(after === undefined ? {} : { ExclusiveStartShardId: after }) };
        const { Shards = [], LastEvaluatedShardId } = (await call('DescribeStream', request))
          .StreamDescription as StreamPage;
        found.push(...Shards.map(toShard));
        after = LastEvaluatedShardId ?? undefined;
      }
      return found;
    },
    iterator: (shardId, position) =>
      iteratorAt(shardId, position).catch((error: unknown) => {
        // The records after the checkpoint have been trimmed as well: the rest begins at the horizon.
        if (!String(error).includes('TrimmedDataAccessException')) throw error;
        return iteratorAt(shardId, { from: 'TRIM_HORIZON' });
      }),
    read: async (shardId, ShardIterator, limit): Promise<ReadResult> => {
      const answer = await call('GetRecords', { ShardIterator, Limit: Math.min(limit, MAX_READ) });
      const records = (answer.Records as readonly TableRecord[]).map((record) =>
        tableRecord(record, origin, deps.now()),
      );
      const next = (answer.NextShardIterator as string | null | undefined) ?? undefined;
      return { records: withoutTrimmed(records, shardId, deps), next };
    },
  };
}

/** An emulator may keep records for longer than AWS does. */
function withoutTrimmed(
  records: ReadResult['records'],
  shardId: string,
  { now, log }: TableStreamDeps,
): ReadResult['records'] {
  const horizon = now() - TABLE_STREAM_RETENTION_MS;
  const kept = records.filter(({ arrival }) => arrival * 1000 >= horizon);
  const count = records.length - kept.length;
  if (count > 0) log(`${shardId}: ${count} records are lost: nothing read them while the stream kept them`);
  return kept;
}

function toShard({ ShardId, ParentShardId }: WireShard): Shard {
  return { shardId: ShardId, parents: ParentShardId ? [ParentShardId] : [] };
}

function wirePosition(position: ShardPosition): object {
  if (position.from !== 'AFTER') return { ShardIteratorType: position.from };
  return { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position.sequenceNumber };
}

function expectOk(outcome: AwsOutcome): Readonly<Record<string, unknown>> {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome.json;
}
