import type { StoredMetric } from '@weir/dynamodb';
import { batchOutcome, type Telemetry } from '@weir/logging';
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Push } from '../../push/create-push.ts';
import type { Evaluate } from '../evaluate-batch.ts';

export interface EvaluateHandlerDeps {
  /** What a record of the metrics table's stream says; `undefined` if it concerns no rule. */
  readonly readMetric: (record: DynamoDBRecord) => StoredMetric | undefined;
  readonly evaluate: Evaluate;
  /** It never fails. */
  readonly push: Push;
}

/**
 * The Lambda handler of the metrics table's stream. A batch is evaluated as a whole: if that fails, Lambda must send all
 * of it again. Rules come first, then the live push.
 */
export function createEvaluateHandler(telemetry: Telemetry, { readMetric, evaluate, push }: EvaluateHandlerDeps) {
  return ({ Records }: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> => {
    const annotations = { batchSize: Records.length };
    return telemetry.observe({ context, annotations, outcomeOf: batchOutcome }, async () => {
      try {
        const metrics = Records.flatMap((record) => readMetric(record) ?? []);
        const entries = metrics.flatMap((metric) => (metric.kind === 'entry' ? metric.entry : []));
        const closed = metrics.flatMap((metric) => (metric.kind === 'progress' ? metric.progress.closedUpTo : []));
        await evaluate({ entries, closedUpTo: closed.length > 0 ? Math.max(...closed) : undefined });
        await push(entries);
        return { batchItemFailures: [] };
      } catch (error) {
        telemetry.log.error('Rules cannot be evaluated; Lambda will retry', { records: Records.length, error });
        return { batchItemFailures: [{ itemIdentifier: Records[0]?.dynamodb?.SequenceNumber ?? '' }] };
      }
    });
  };
}
