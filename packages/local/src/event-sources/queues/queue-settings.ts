import { declaredPatterns, type RecordFilter, readRecordFilter } from '../filters/record-filter.ts';

/** The settings of an event source mapping for a queue. */
export interface QueueSettings {
  readonly batchSize: number;
  readonly batchWindowMs: number;
  /** Invocations at once. */
  readonly concurrency: number;
  readonly reportsItemFailures: boolean;
  readonly filter: RecordFilter;
  readonly isFifo: boolean;
}

/** What the settings are checked against. */
export interface QueueContext {
  readonly queueName: string;
  readonly functionTimeoutSeconds: number;
  /** Of the queue; undefined if another service owns it. */
  readonly visibilitySeconds: number | undefined;
}

type Json = Readonly<Record<string, unknown>>;

const DEFAULT_BATCH_SIZE = 10;
/** Lambda begins with this number; it goes on to hundreds, for which one machine has no room. */
const DEFAULT_CONCURRENCY = 5;
const MAX_CONCURRENCY = 20;
/** A larger batch needs a batching window, which a FIFO queue does not have. */
const MAX_RECEIVED = 10;

/** Reads an `sqs:` event of a function, and the properties laid over its mapping. Throws what Lambda refuses. */
export function readQueueSettings(sqs: Json, mapping: Json, context: QueueContext): QueueSettings {
  const batchSize = Number(sqs.batchSize ?? DEFAULT_BATCH_SIZE);
  const windowSeconds = Number(sqs.maximumBatchingWindow ?? 0);
  const isFifo = context.queueName.endsWith('.fifo');
  refuseWhatLambdaRefuses({ batchSize, windowSeconds, isFifo }, context);
  return {
    batchSize,
    batchWindowMs: windowSeconds * 1000,
    concurrency: Math.min(Number(sqs.maximumConcurrency ?? DEFAULT_CONCURRENCY), MAX_CONCURRENCY),
    reportsItemFailures: sqs.functionResponseType === 'ReportBatchItemFailures',
    filter: readRecordFilter(declaredPatterns(sqs.filterPatterns, mapping.FilterCriteria), 'body'),
    isFifo,
  };
}

function refuseWhatLambdaRefuses(
  { batchSize, windowSeconds, isFifo }: { batchSize: number; windowSeconds: number; isFifo: boolean },
  { queueName, functionTimeoutSeconds, visibilitySeconds }: QueueContext,
): void {
  if (isFifo && (batchSize > MAX_RECEIVED || windowSeconds > 0)) {
    throw new Error(`The FIFO queue ${queueName} takes a batchSize of at most 10, and no maximumBatchingWindow`);
  }
  if (batchSize > MAX_RECEIVED && windowSeconds < 1) {
    throw new Error(`A batchSize over 10 (${queueName}) needs a maximumBatchingWindow of at least 1 second`);
  }
  if (visibilitySeconds !== undefined && visibilitySeconds < functionTimeoutSeconds) {
    throw new Error(
      `The visibility time-out of ${queueName} (${visibilitySeconds} s) is shorter than the time-out of the function (${functionTimeoutSeconds} s), which Lambda refuses`,
    );
  }
}
