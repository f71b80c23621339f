import type { ShardPosition } from './kinesis-port.ts';

/** The settings of an event source mapping; defaults are Lambda's. */
export interface StreamSettings {
  readonly batchSize: number;
  readonly batchWindowMs: number;
  readonly startingPosition: ShardPosition;
  /** -1: until the record expires. */
  readonly maximumRetryAttempts: number;
  /** -1: any age. */
  readonly maximumRecordAgeMs: number;
  readonly bisectOnError: boolean;
  readonly reportsItemFailures: boolean;
  /** The ARN of a queue, a topic or a bucket. */
  readonly onFailure: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/** Reads a `stream:` event of a function, and the properties laid over its mapping. */
export function readStreamSettings(stream: Json, mapping: Json = {}): StreamSettings {
  const destinations = (stream.destinations as Json | undefined)?.onFailure;
  const laidOver = ((mapping.DestinationConfig as Json | undefined)?.OnFailure as Json | undefined)?.Destination;
  const age = Number(stream.maximumRecordAgeInSeconds ?? -1);
  return {
    batchSize: Number(stream.batchSize ?? 100),
    batchWindowMs: Number(stream.batchWindow ?? 0) * 1000,
    startingPosition: startingPosition(stream),
    maximumRetryAttempts: Number(stream.maximumRetryAttempts ?? -1),
    maximumRecordAgeMs: age < 0 ? -1 : age * 1000,
    bisectOnError: stream.bisectBatchOnFunctionError === true,
    reportsItemFailures: stream.functionResponseType === 'ReportBatchItemFailures',
    onFailure: destinationArn(laidOver ?? destinations),
  };
}

function startingPosition({ startingPosition: from, startingPositionTimestamp }: Json): ShardPosition {
  if (from === 'AT_TIMESTAMP') return { from, timestamp: Number(startingPositionTimestamp) };
  return { from: from === 'LATEST' ? 'LATEST' : 'TRIM_HORIZON' };
}

function destinationArn(destination: unknown): string | undefined {
  if (typeof destination === 'object' && destination !== null && 'arn' in destination) return String(destination.arn);
  return typeof destination === 'string' ? destination : undefined;
}
