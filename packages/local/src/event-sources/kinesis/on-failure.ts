import { randomUUID } from 'node:crypto';
import type { AwsClient } from '../../aws-calls/aws-client.ts';
import { sendMessage } from '../../invoke/send-message.ts';
import type { GivenUp } from './deliver-batch.ts';
import { type EventOrigin, kinesisEvent } from './kinesis-event.ts';

/** Where given-up records go, and whose they were. */
export interface OnFailureDeps {
  readonly aws: AwsClient;
  /** The ARN of a queue, a topic or a bucket; undefined drops them, as Lambda does. */
  readonly destination: string | undefined;
  readonly functionArn: string;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** Sends what Lambda sends for records it gave up: their position; to a bucket also the records themselves. */
export function createOnFailure(deps: OnFailureDeps): (origin: EventOrigin, given: GivenUp) => Promise<void> {
  const { aws, destination, log } = deps;
  return async (origin, given) => {
    log(`${origin.shardId}: gave up ${given.records.length} records: ${given.reason}`);
    if (destination === undefined) return;
    const message = describe(origin, given, deps);
    if (destination.startsWith('arn:aws:s3:')) {
      const payload = JSON.stringify(kinesisEvent(given.records, origin));
      const bucket = destination.split(':').at(-1);
      await aws.s3('PUT', `/${bucket}/${objectKey(origin, deps)}`, JSON.stringify({ ...message, payload }));
    } else await sendMessage(aws, destination, message);
  };
}

function describe({ shardId, streamArn }: EventOrigin, { reason, records, attempts }: GivenUp, deps: OnFailureDeps) {
  const first = records[0];
  const last = records.at(-1);
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: deps.functionArn,
      condition: reason,
      approximateInvokeCount: attempts,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date(deps.now()).toISOString(),
    KinesisBatchInfo: {
      shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: new Date((first?.arrival ?? 0) * 1000).toISOString(),
      approximateArrivalOfLastRecord: new Date((last?.arrival ?? 0) * 1000).toISOString(),
      batchSize: records.length,
      streamArn,
    },
  };
}

/** `aws/lambda/<mapping>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<random>`: the mapping has no id here but its stream. */
function objectKey({ shardId, streamArn }: EventOrigin, { now }: OnFailureDeps): string {
  const time = new Date(now()).toISOString().slice(0, 19);
  const stream = streamArn.split('/').at(-1);
  return `aws/lambda/${stream}/${shardId}/${time.slice(0, 10).replaceAll('-', '/')}/${time.replaceAll(':', '.')}-${randomUUID()}`;
}
