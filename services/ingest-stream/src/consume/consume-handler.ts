import { batchOutcome, type Telemetry } from '@weir/logging';
import type { Context, KinesisStreamBatchResponse, KinesisStreamEvent } from 'aws-lambda';
import type { Consumer } from './consume-batch.ts';
import { readKinesisBatch, shardOf } from './kinesis-batch.ts';

export interface ConsumeHandlerDeps {
  readonly telemetry: Telemetry;
  readonly consumer: Pick<Consumer, 'consume'>;
}

/** The Lambda handler of the consumer. If a batch fails, it answers with the record from which Lambda must retry. */
export function createConsumeHandler({ telemetry, consumer }: ConsumeHandlerDeps) {
  return (event: KinesisStreamEvent, context: Context): Promise<KinesisStreamBatchResponse> => {
    const annotations = { shard: shardOf(event), batchSize: event.Records.length };
    return telemetry.observe({ context, annotations, outcomeOf: batchOutcome }, async () => {
      const batch = readKinesisBatch(event);
      const result = await consumer.consume(batch);
      if (result.kind === 'done') return { batchItemFailures: [] };
      const { from, error } = result;
      telemetry.log.error('The batch failed; Lambda will retry from here', { shardId: batch.shardId, from, error });
      return { batchItemFailures: [{ itemIdentifier: unpadded(event, from) }] };
    });
  };
}

/** The sequence number as Lambda sent it: Lambda recognises no other form. */
function unpadded({ Records }: KinesisStreamEvent, from: string): string {
  const record = Records.find(({ kinesis }) => from.endsWith(kinesis.sequenceNumber));
  return record?.kinesis.sequenceNumber ?? from;
}
