import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { CreateTableCommand, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { StreamRecord } from '@weir/events';
import type { Context, KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import { createEventRecords } from '../decode/event-records.ts';
import type { LocalStage } from './local-stage.ts';
import type { Units } from './units.ts';

const IDEMPOTENCY_TABLE = 'idempotency';
/** The time that each invocation has left. The idempotency item holds it. */
const REMAINING_MS = 60_000;
const BUCKETS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

interface Event {
  readonly id: string;
  readonly action: string;
  readonly timestamp: number;
  readonly value: number;
}

/**
 * The usual way, from the documentation of Powertools: partial batch responses, an idempotency item for each event,
 * and an `UpdateItem` that adds to each bucket. It keeps no archive, no users and no percentiles.
 */
export async function runUsualWay(stage: LocalStage, events: number): Promise<{ events: number; units: Units }> {
  const { client, tableName } = await stage.open();
  const handler = createHandler(client, tableName);
  await createIdempotencyTable(client);
  await stage.take();
  const records = createEventRecords({ count: events });
  for (let at = 0; at < events; at += 100) {
    const { batchItemFailures } = await handler(lambdaEvent(records.slice(at, at + 100)));
    if (batchItemFailures.length > 0) throw new Error(`${batchItemFailures.length} records failed`);
  }
  return { events, units: await stage.take() };
}

function createHandler(client: DynamoDBClient, tableName: string) {
  const persistenceStore = new DynamoDBPersistenceLayer({ tableName: IDEMPOTENCY_TABLE, awsSdkV3Client: client });
  const config = new IdempotencyConfig({ eventKeyJmesPath: 'id', expiresAfterSeconds: 3600 });
  config.registerLambdaContext({ getRemainingTimeInMillis: () => REMAINING_MS } as Context);
  const count = makeIdempotent((event: Event) => addToBuckets(client, tableName, event), { persistenceStore, config });
  const processor = new BatchProcessor(EventType.KinesisDataStreams);
  const onRecord = async ({ kinesis }: KinesisStreamRecord) => {
    await count(JSON.parse(Buffer.from(kinesis.data, 'base64').toString('utf8')) as Event);
  };
  return (event: KinesisStreamEvent) => processPartialResponse(event, onRecord, processor);
}

async function addToBuckets(
  client: DynamoDBClient,
  TableName: string,
  { action, timestamp, value }: Event,
): Promise<boolean> {
  const adds = Object.entries(BUCKETS).map(([interval, length]) =>
    client.send(
      new UpdateItemCommand({
        TableName,
        Key: { pk: { S: `${interval}#${action}` }, sk: { S: String(timestamp - (timestamp % length)) } },
        UpdateExpression: 'ADD #count :one, #sum :value',
        ExpressionAttributeNames: { '#count': 'count', '#sum': 'sum' },
        ExpressionAttributeValues: { ':one': { N: '1' }, ':value': { N: String(value) } },
      }),
    ),
  );
  await Promise.all(adds);
  return true;
}

async function createIdempotencyTable(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: IDEMPOTENCY_TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
}

function lambdaEvent(records: readonly StreamRecord[]): KinesisStreamEvent {
  return {
    Records: records.map(({ sequenceNumber, partitionKey, arrival, data }) => ({
      eventID: `shardId-000000000000:${sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      eventSource: 'aws:kinesis',
      eventSourceARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/events',
      eventVersion: '1.0',
      awsRegion: 'us-east-1',
      invokeIdentityArn: 'arn:aws:iam::000000000000:role/consume',
      kinesis: {
        sequenceNumber,
        partitionKey,
        data,
        approximateArrivalTimestamp: arrival / 1000,
        kinesisSchemaVersion: '1.0',
      },
    })),
  };
}
