import { declaredPatterns, type RecordFilter, readRecordFilter } from '../filters/record-filter.ts';

/** The settings of an event source mapping for a stream. */
export interface StreamSettings {
  readonly batchSize: number;
  readonly batchWindowMs: number;
  readonly startingPosition: StartingPosition;
  /** -1: until the record expires. */
  readonly maximumRetryAttempts: number;
  /** -1: any age. */
  readonly maximumRecordAgeMs: number;
  readonly bisectOnError: boolean;
  readonly reportsItemFailures: boolean;
  readonly filter: RecordFilter;
  /** The ARN of a queue, a topic or a bucket. */
  readonly onFailure: string | undefined;
}

/** Where a mapping begins. */
export type StartingPosition =
  | { readonly from: 'TRIM_HORIZON' | 'LATEST' }
  /** Epoch seconds. */
  | { readonly from: 'AT_TIMESTAMP'; readonly timestamp: number };

type Json = Readonly<Record<string, unknown>>;

/** What the framework writes into a mapping that names no batch size; Lambda's own default is 100. */
const DEFAULT_BATCH_SIZE = 10;

/**
 * Reads a `stream:` event of a function, and the properties laid over its mapping. Throws what is wrong with it, and
 * what the local AWS does not support.
 */
export function readStreamSettings(stream: Json, mapping: Json = {}, payloadKey?: 'data'): StreamSettings {
  refuseUnknown(stream, mapping);
  const destinations = (stream.destinations as Json | undefined)?.onFailure;
  const laidOver = ((mapping.DestinationConfig as Json | undefined)?.OnFailure as Json | undefined)?.Destination;
  const age = Number(stream.maximumRecordAgeInSeconds ?? -1);
  return {
    batchSize: Number(stream.batchSize ?? DEFAULT_BATCH_SIZE),
    batchWindowMs: Number(stream.batchWindow ?? 0) * 1000,
    startingPosition: startingPosition(stream),
    maximumRetryAttempts: Number(stream.maximumRetryAttempts ?? -1),
    maximumRecordAgeMs: age < 0 ? -1 : age * 1000,
    bisectOnError: stream.bisectBatchOnFunctionError === true,
    reportsItemFailures: stream.functionResponseType === 'ReportBatchItemFailures',
    filter: readRecordFilter(declaredPatterns(stream.filterPatterns, mapping.FilterCriteria), payloadKey),
    onFailure: destinationArn(laidOver ?? destinations),
  };
}

function refuseUnknown(stream: Json, mapping: Json): void {
  if (Number(mapping.ParallelizationFactor ?? stream.parallelizationFactor ?? 1) > 1) {
    throw new Error('A parallelizationFactor over 1 is not supported by the local AWS: leave it out, or set it to 1');
  }
  if (Number(mapping.TumblingWindowInSeconds ?? stream.tumblingWindowInSeconds ?? 0) > 0) {
    throw new Error('Tumbling windows are not supported by the local AWS: leave tumblingWindowInSeconds out');
  }
}

function startingPosition({ startingPosition: from, startingPositionTimestamp }: Json): StartingPosition {
  if (from === 'AT_TIMESTAMP') return { from, timestamp: Number(startingPositionTimestamp) };
  return { from: from === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON' };
}

function destinationArn(destination: unknown): string | undefined {
  if (typeof destination === 'object' && destination !== null && 'arn' in destination) return String(destination.arn);
  return typeof destination === 'string' ? destination : undefined;
}
