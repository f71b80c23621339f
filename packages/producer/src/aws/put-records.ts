import { type KinesisClient, PutRecordsCommand, type PutRecordsResultEntry } from '@aws-sdk/client-kinesis';

/** The first wait before failed records are sent again; each next one may be twice as long, up to the longest. */
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 5_000;

/** The part of the SDK's `KinesisClient` that is used. */
export type StreamClient = Pick<KinesisClient, 'send'>;

export interface PutDeps {
  readonly client: StreamClient;
  readonly streamName: string;
  /** The time after which records that the stream has not taken are given up. */
  readonly maxAgeMs: number;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A record to put. */
export interface PutRecord {
  readonly partitionKey: string;
  readonly explicitHashKey?: string;
  readonly data: Uint8Array;
}

/** The records that the stream did not take, and the last reason it gave. */
export interface Refused<Record extends PutRecord> {
  readonly records: readonly Record[];
  readonly error: unknown;
}

interface Attempt<Record extends PutRecord> extends Refused<Record> {
  /** Another attempt cannot help. */
  readonly isFinal: boolean;
}

/** Puts records until the stream has taken all of them: only those that failed are sent again, with full jitter. */
export async function putRecords<Record extends PutRecord>(
  deps: PutDeps,
  records: readonly Record[],
): Promise<Refused<Record> | undefined> {
  const deadline = deps.now() + deps.maxAgeMs;
  let left = records;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    const attempt = await putOnce(deps, left, Math.max(1, deadline - deps.now()));
    if (attempt.records.length === 0) return undefined;
    left = attempt.records;
    const pauseMs = Math.ceil(deps.random() * waitMs);
    if (attempt.isFinal || deps.now() + pauseMs >= deadline) return attempt;
    await deps.sleep(pauseMs);
  }
}

async function putOnce<Record extends PutRecord>(
  { client, streamName }: PutDeps,
  records: readonly Record[],
  leftMs: number,
): Promise<Attempt<Record>> {
  const command = new PutRecordsCommand({
    StreamName: streamName,
    Records: records.map(({ partitionKey, explicitHashKey, data }) => ({
      PartitionKey: partitionKey,
      ...(explicitHashKey !== undefined && { ExplicitHashKey: explicitHashKey }),
      Data: data,
    })),
  });
  try {
    const { Records = [] } = await client.send(command, { abortSignal: AbortSignal.timeout(leftMs) });
    return unacknowledged(records, Records);
  } catch (error) {
    return { records, error, isFinal: isFinal(error) };
  }
}

/** A record without an answer of its own counts as failed. */
function unacknowledged<Record extends PutRecord>(
  records: readonly Record[],
  results: readonly PutRecordsResultEntry[],
): Attempt<Record> {
  const failed = records.filter((_, index) => results[index]?.SequenceNumber === undefined);
  const refusal = results.find(({ ErrorCode }) => ErrorCode);
  const error = new Error(
    `${refusal?.ErrorCode ?? 'NoAnswer'}: ${refusal?.ErrorMessage ?? 'the record has no answer'}`,
  );
  return { records: failed, error, isFinal: false };
}

/**
 * Errors of the caller stay what they are, except throttling: no such stream, no permission, a call that is not valid.
 */
function isFinal(error: unknown): boolean {
  const { $fault, $retryable, name = '' } = error as { $fault?: string; $retryable?: unknown; name?: string };
  return (
    $fault === 'client' && $retryable === undefined && !/Throttl|Throughput|LimitExceeded|Expired|Timeout/.test(name)
  );
}
